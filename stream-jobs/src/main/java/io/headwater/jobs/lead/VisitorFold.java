package io.headwater.jobs.lead;

import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.ScoreRequested;
import io.headwater.state.FollowedLead;
import io.headwater.state.NetworkHistory;
import io.headwater.state.SessionSummary;
import io.headwater.state.VisitorScores;
import io.headwater.views.SessionRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Decides which score a lead gets, and when again.
///
/// A lead is scored by the session that its submission names; else by the visitor's newest session
/// that had begun when it was submitted; else by the first that begins after. It is scored once at
/// each submission, whatever is known then, and again when that session, its score, or what is
/// suspicious about either changes, until it stops following. Pure: time is that of the records.
final class VisitorFold {

    /// A visitor with more sessions in a day than this is a robot; those that leads follow stay.
    static final int SESSIONS_KEPT = 8;

    /// More leads of one visitor than this: the oldest stop following; each was scored once.
    static final int LEADS_FOLLOWED = 50;

    /// 2: with suspicion and network.
    static final int SCORE_VERSION = 2;

    private final Duration followFor;
    private final Function<String, @Nullable NetworkHistory> networks;

    /// @param networks history by fingerprint; null: unknown
    VisitorFold(Duration followFor, Function<String, @Nullable NetworkHistory> networks) {
        this.followFor = followFor;
        this.networks = networks;
    }

    /// @param state null: nothing is known of the visitor
    /// @param commands to send, in this order
    record Step(@Nullable VisitorScores state, List<ScoreLead> commands) {}

    /// Everything a lead is told.
    private record Figures(
            @Nullable SessionSummary session, Suspicion suspicion, @Nullable Integer vpnScore) {

        int engagement() {
            return session == null ? 0 : session.getEngagementScore();
        }

        /// Equal texts: nothing is new.
        String text() {
            return String.join(
                    ":",
                    session == null ? "none" : session.getSessionId(),
                    String.valueOf(engagement()),
                    String.join("+", suspicion.reasons()),
                    String.valueOf(vpnScore));
        }
    }

    /// @param at record time
    Step onSubmission(@Nullable VisitorScores before, ScoreRequested request, Instant at) {
        var candidate =
                FollowedLead.newBuilder()
                        .setRequest(request)
                        .setFollowsUntil(at.plus(followFor))
                        .build();
        var sessions = before == null ? List.<SessionSummary>of() : before.getSessions();
        boolean visitor = request.getVisitorId() != null;
        var figures = figures(visitor ? sessions : List.of(), candidate);
        var command = command(candidate, figures, at, "submission");
        if (!visitor) {
            return new Step(null, List.of(command));
        }
        var leads = new ArrayList<FollowedLead>();
        for (var lead : before == null ? List.<FollowedLead>of() : before.getLeads()) {
            if (!leadId(lead).equals(request.getLeadId()) && follows(lead, at)) {
                leads.add(lead);
            }
        }
        leads.add(sent(candidate, figures));
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
        var known = before == null ? new VisitorScores(List.of(), List.of(), at) : before;
        var sessions = with(known, summary, at);
        String cause = row.getSrcPartition() + "-" + row.getSrcOffset();
        return again(new VisitorScores(sessions, known.getLeads(), at), at, cause);
    }

    /// Scores again whatever changed, for a reason outside the visitor's own record too.
    ///
    /// @param cause what made the job score, the same on every replay
    /// @return the state given when nothing changes
    Step again(VisitorScores known, Instant at, String cause) {
        var leads = new ArrayList<FollowedLead>();
        var commands = new ArrayList<ScoreLead>();
        for (var lead : known.getLeads()) {
            if (!follows(lead, at)) {
                continue;
            }
            var figures = figures(known.getSessions(), lead);
            if (figures.text().equals(lead.getSentFigures())) {
                leads.add(lead);
            } else {
                commands.add(command(lead, figures, at, cause));
                leads.add(sent(lead, figures));
            }
        }
        boolean same = commands.isEmpty() && leads.size() == known.getLeads().size();
        return new Step(
                same ? known : new VisitorScores(known.getSessions(), leads, known.getTouchedAt()),
                commands);
    }

    /// The newest, and those that a lead is scored by: they are not dropped for newer ones.
    private List<SessionSummary> with(VisitorScores known, SessionSummary summary, Instant at) {
        var followed = new HashSet<String>();
        for (var lead : known.getLeads()) {
            if (follows(lead, at)) {
                followed.add(String.valueOf(lead.getSentSessionId()));
                followed.add(String.valueOf(lead.getRequest().getSessionId()));
            }
        }
        var sessions = new ArrayList<SessionSummary>();
        for (var session : known.getSessions()) {
            if (!session.getSessionId().equals(summary.getSessionId())) {
                sessions.add(session);
            }
        }
        sessions.add(summary);
        sessions.sort(
                Comparator.comparing(SessionSummary::getStartedAt)
                        .thenComparing(SessionSummary::getSessionId));
        int old = sessions.size() - SESSIONS_KEPT;
        var kept = new ArrayList<SessionSummary>();
        for (int i = 0; i < sessions.size(); i++) {
            if (i >= old || followed.contains(sessions.get(i).getSessionId())) {
                kept.add(sessions.get(i));
            }
        }
        return kept;
    }

    private Figures figures(List<SessionSummary> sessions, FollowedLead lead) {
        var session = chosen(sessions, lead);
        String fingerprint = session == null ? null : session.getFingerprintId();
        var network = fingerprint == null ? null : networks.apply(fingerprint);
        Integer vpnScore = NetworkScore.of(network, lead.getRequest());
        return new Figures(session, Suspicion.of(lead.getRequest(), session, vpnScore), vpnScore);
    }

    private static @Nullable SessionSummary chosen(
            List<SessionSummary> sessions, FollowedLead lead) {
        SessionSummary begunBefore = null;
        SessionSummary firstAfter = null;
        for (var session : sessions) {
            if (session.getSessionId().equals(lead.getRequest().getSessionId())) {
                return session;
            }
            if (!session.getStartedAt().isAfter(lead.getRequest().getSubmittedAt())) {
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

    private static String leadId(FollowedLead lead) {
        return lead.getRequest().getLeadId();
    }

    private static FollowedLead sent(FollowedLead lead, Figures figures) {
        return FollowedLead.newBuilder(lead)
                .setSentSessionId(
                        figures.session() == null ? null : figures.session().getSessionId())
                .setSentFigures(figures.text())
                .build();
    }

    private static SessionSummary summary(SessionRow row) {
        return SessionSummary.newBuilder()
                .setSessionId(row.getSessionId())
                .setStartedAt(row.getStartedAt())
                .setEngagementScore(row.getEngagementScore())
                .setEngagementLabel(row.getEngagementLabel())
                .setDurationSeconds(row.getDurationSeconds())
                .setPageViews(row.getPageViews())
                .setReturnVisits(row.getReturnVisits())
                .setFingerprintId(row.getFingerprintId())
                .build();
    }

    /// @param cause what made the job score, the same on every replay: makes the id of the command
    private static ScoreLead command(FollowedLead lead, Figures figures, Instant at, String cause) {
        var request = lead.getRequest();
        var session = figures.session();
        var suspicion = figures.suspicion();
        Integer vpnScore = figures.vpnScore();
        String commandId =
                String.join(
                        ":",
                        "score",
                        request.getLeadId(),
                        request.getSubmissionId(),
                        session == null ? "none" : session.getSessionId(),
                        String.valueOf(figures.engagement()),
                        String.valueOf(suspicion.score()),
                        Objects.toString(vpnScore, "none"),
                        cause);
        return ScoreLead.newBuilder()
                .setCommandId(commandId)
                .setSiteId(request.getSiteId())
                .setLeadId(request.getLeadId())
                .setSessionId(session == null ? null : session.getSessionId())
                .setEngagementScore(figures.engagement())
                .setEngagementLabel(session == null ? "Cold" : session.getEngagementLabel())
                .setSessionDurationSeconds(session == null ? 0 : session.getDurationSeconds())
                .setPagesVisited(session == null ? 0 : session.getPageViews())
                .setReturnVisits(session == null ? 0 : session.getReturnVisits())
                .setScoreVersion(SCORE_VERSION)
                .setSuspicionScore(suspicion.score())
                .setSuspicionReasons(suspicion.reasons())
                .setVpnScore(vpnScore)
                .setVpnSuspected(vpnScore != null && vpnScore > NetworkScore.SUSPECTED)
                .setSubmittedAt(request.getSubmittedAt())
                .setRequestedAt(at)
                .build();
    }
}
