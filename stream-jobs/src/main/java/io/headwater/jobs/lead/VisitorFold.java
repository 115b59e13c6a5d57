package io.headwater.jobs.lead;

import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.ScoreRequested;
import io.headwater.state.FollowedLead;
import io.headwater.state.SessionSummary;
import io.headwater.state.VisitorScores;
import io.headwater.views.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides which score a lead gets, and when again.
///
/// A lead is scored by the session that its submission names; else by the visitor's newest session
/// that had begun when it was submitted; else by the first that begins after. It is scored once at
/// each submission, whatever is known then, and again when that session or its score changes, until
/// it stops following. Pure: time is that of the records.
final class VisitorFold {

    /// A visitor with more sessions in a day than this is a robot.
    static final int SESSIONS_KEPT = 8;

    /// More leads of one visitor than this: the oldest stop following; each was scored once.
    static final int LEADS_FOLLOWED = 50;

    static final int SCORE_VERSION = 1;

    private final Duration followFor;

    VisitorFold(Duration followFor) {
        this.followFor = followFor;
    }

    /// @param state null: nothing is known of the visitor
    /// @param commands to send, in this order
    record Step(@Nullable VisitorScores state, List<ScoreLead> commands) {}

    /// @param at record time
    Step onSubmission(@Nullable VisitorScores before, ScoreRequested request, Instant at) {
        var candidate =
                new FollowedLead(
                        request.getLeadId(),
                        request.getSiteId(),
                        request.getSubmissionId(),
                        request.getSubmittedAt(),
                        request.getSessionId(),
                        at.plus(followFor),
                        null,
                        0);
        var sessions = before == null ? List.<SessionSummary>of() : before.getSessions();
        var session = request.getVisitorId() == null ? null : chosen(sessions, candidate);
        var command = command(candidate, session, at, "submission");
        if (request.getVisitorId() == null) {
            return new Step(null, List.of(command));
        }
        var leads = new ArrayList<FollowedLead>();
        if (before != null) {
            for (var lead : before.getLeads()) {
                boolean replaced = lead.getLeadId().equals(request.getLeadId());
                if (!replaced && follows(lead, at)) {
                    leads.add(lead);
                }
            }
        }
        leads.add(sent(candidate, session));
        var newest = leads.subList(Math.max(0, leads.size() - LEADS_FOLLOWED), leads.size());
        return new Step(new VisitorScores(sessions, newest, at), List.of(command));
    }

    /// @param at record time
    /// @return the state given when the row changes nothing
    Step onSession(@Nullable VisitorScores before, SessionRow row, Instant at) {
        var summary = summary(row);
        if (before != null && before.getSessions().contains(summary)) {
            return new Step(before, List.of());
        }
        var sessions = with(before == null ? List.of() : before.getSessions(), summary);
        var leads = new ArrayList<FollowedLead>();
        var commands = new ArrayList<ScoreLead>();
        String cause = row.getSrcPartition() + "-" + row.getSrcOffset();
        for (var lead : before == null ? List.<FollowedLead>of() : before.getLeads()) {
            if (!follows(lead, at)) {
                continue;
            }
            var session = chosen(sessions, lead);
            if (session == null || alreadySent(lead, session)) {
                leads.add(lead);
            } else {
                commands.add(command(lead, session, at, cause));
                leads.add(sent(lead, session));
            }
        }
        return new Step(new VisitorScores(sessions, leads, at), commands);
    }

    private static List<SessionSummary> with(List<SessionSummary> known, SessionSummary summary) {
        var sessions = new ArrayList<SessionSummary>();
        for (var session : known) {
            if (!session.getSessionId().equals(summary.getSessionId())) {
                sessions.add(session);
            }
        }
        sessions.add(summary);
        sessions.sort(
                Comparator.comparing(SessionSummary::getStartedAt)
                        .thenComparing(SessionSummary::getSessionId));
        return sessions.subList(Math.max(0, sessions.size() - SESSIONS_KEPT), sessions.size());
    }

    private static @Nullable SessionSummary chosen(
            List<SessionSummary> sessions, FollowedLead lead) {
        SessionSummary begunBefore = null;
        SessionSummary firstAfter = null;
        for (var session : sessions) {
            if (session.getSessionId().equals(lead.getOwnSessionId())) {
                return session;
            }
            if (!session.getStartedAt().isAfter(lead.getSubmittedAt())) {
                begunBefore = session;
            } else if (firstAfter == null) {
                firstAfter = session;
            }
        }
        return begunBefore == null ? firstAfter : begunBefore;
    }

    private static boolean follows(FollowedLead lead, Instant at) {
        return !at.isAfter(lead.getFollowsUntil());
    }

    private static boolean alreadySent(FollowedLead lead, SessionSummary session) {
        return session.getSessionId().equals(lead.getSentSessionId())
                && session.getEngagementScore() == lead.getSentScore();
    }

    private static FollowedLead sent(FollowedLead lead, @Nullable SessionSummary session) {
        return FollowedLead.newBuilder(lead)
                .setSentSessionId(session == null ? null : session.getSessionId())
                .setSentScore(session == null ? 0 : session.getEngagementScore())
                .build();
    }

    private static SessionSummary summary(SessionRow row) {
        return new SessionSummary(
                row.getSessionId(),
                row.getStartedAt(),
                row.getEngagementScore(),
                row.getEngagementLabel(),
                row.getDurationSeconds(),
                row.getPageViews(),
                row.getReturnVisits());
    }

    /// @param cause what made the job score, the same on every replay: makes the id of the command
    private static ScoreLead command(
            FollowedLead lead, @Nullable SessionSummary session, Instant at, String cause) {
        String sessionId = session == null ? null : session.getSessionId();
        int score = session == null ? 0 : session.getEngagementScore();
        String commandId =
                String.join(
                        ":",
                        "score",
                        lead.getLeadId(),
                        lead.getSubmissionId(),
                        sessionId == null ? "none" : sessionId,
                        String.valueOf(score),
                        cause);
        return ScoreLead.newBuilder()
                .setCommandId(commandId)
                .setSiteId(lead.getSiteId())
                .setLeadId(lead.getLeadId())
                .setSessionId(sessionId)
                .setEngagementScore(score)
                .setEngagementLabel(session == null ? "Cold" : session.getEngagementLabel())
                .setSessionDurationSeconds(session == null ? 0 : session.getDurationSeconds())
                .setPagesVisited(session == null ? 0 : session.getPageViews())
                .setReturnVisits(session == null ? 0 : session.getReturnVisits())
                .setScoreVersion(SCORE_VERSION)
                .setSubmittedAt(lead.getSubmittedAt())
                .setRequestedAt(at)
                .build();
    }
}
