package io.headwater.command.lead;

import io.headwater.command.lead.LeadEvent.Captured;
import io.headwater.command.lead.LeadEvent.FactAttributed;
import io.headwater.command.lead.LeadEvent.FactRecorded;
import io.headwater.command.lead.LeadEvent.Lived;
import io.headwater.command.lead.LeadEvent.Resubmitted;
import io.headwater.command.lead.LeadEvent.Scored;
import io.headwater.events.lead.Submission;
import io.headwater.life.FactNote;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.jspecify.annotations.Nullable;

/// A person who asked about a project of a site: the primary lead of all their submissions.
///
///     (nobody) ──Capture──► lead ◄──Capture (resubmitted), RecordFact, Score, Change──┐
///                            └──────────────────────────────────────────────────────┘
///
/// Handlers return the outcome for the caller; they read no clock: all times are in the commands.
///
/// @param capturedAt when the person first submitted: nothing happened to the lead before
/// @param lastSubmittedAt received time of the newest submission
/// @param engagement null until scored
/// @param scoredSubmittedAt received time of the submission whose session was scored last; null: none
///   with a session yet
/// @param life what became of it
@EventSourcedEntity(tagKey = "lead")
record Lead(
        String leadId,
        String siteId,
        Instant capturedAt,
        Instant lastSubmittedAt,
        String firstSubmissionId,
        @Nullable Engagement engagement,
        @Nullable Instant scoredSubmittedAt,
        LeadLife life) {

    private static final String SYSTEM = "system";

    @CommandHandler
    static String capture(LeadCommand.Capture command, EventAppender events) {
        String stage = command.pipeline().first().key();
        events.append(new Captured(command.leadId(), command.submission(), stage));
        attribute(command, LeadLife.start(stage), events);
        return "accepted";
    }

    @CommandHandler
    String captureAgain(LeadCommand.Capture command, EventAppender events) {
        var reengagedFrom = lastSubmittedAt.plus(command.reengageAfter());
        events.append(
                new Resubmitted(
                        leadId,
                        command.submission(),
                        command.submission().getReceivedAt().isAfter(reengagedFrom),
                        command.conflictingLeadId()));
        attribute(command, life, events);
        return "accepted";
    }

    private static void attribute(
            LeadCommand.Capture command, LeadLife before, EventAppender events) {
        var submission = command.submission();
        attribute(
                new LifeCase(
                        command.leadId(),
                        before,
                        new By(
                                submission.getSubmissionId(),
                                submission.getReceivedAt(),
                                submission.getReceivedAt(),
                                SYSTEM),
                        command.pipeline()),
                command.waitingFacts(),
                events);
    }

    /// @param before the lead without these facts, and who brought them
    private static void attribute(LifeCase before, List<FactNote> waiting, EventAppender events) {
        var life = before.life();
        for (var note : waiting) {
            events.append(new FactAttributed(before.leadId(), note.id(), note));
            var by =
                    new By(
                            before.by().commandId(),
                            before.by().requestedAt(),
                            earlier(note.at(), before.by().requestedAt()),
                            SYSTEM);
            var follows = new LifeCase(before.leadId(), life, by, before.pipeline()).follows(note);
            life = life.noticed(note);
            for (var event : follows) {
                events.append(new Lived(before.leadId(), event));
                life = life.on(event);
            }
        }
    }

    @CommandHandler
    String recordFact(LeadCommand.RecordFact command, EventAppender events) {
        var fact = command.fact();
        events.append(new FactRecorded(leadId, fact));
        var note = FactNote.of(fact);
        var by =
                new By(
                        command.commandId(),
                        fact.getReceivedAt(),
                        note.at(),
                        "provider:" + fact.getSourceId());
        var lead = new LifeCase(leadId, life, by, command.pipeline());
        var next = life.noticed(note);
        for (var event : lead.follows(note)) {
            events.append(new Lived(leadId, event));
            next = next.on(event);
        }
        attribute(
                new LifeCase(leadId, next, by, command.pipeline()), command.waitingFacts(), events);
        return "recorded";
    }

    @CommandHandler
    String change(LeadCommand.Change command, EventAppender events) {
        var lead = new LifeCase(leadId, life, command.by(), command.pipeline());
        var decided = LifeRules.decide(lead, command.action());
        decided.forEach(event -> events.append(new Lived(leadId, event)));
        return decided.isEmpty() ? "unchanged" : "changed";
    }

    /// A visit that was seen is not unseen: a later submission without one (of a provider, of an
    /// API) changes only what is suspicious. Of two visitors that submitted for the lead, the later
    /// submission's counts; their scores come in any order.
    @CommandHandler
    String score(LeadCommand.Score command, EventAppender events) {
        var told = command.engagement();
        var scored =
                engagement != null && told.sessionId() == null ? engagement.judgedAs(told) : told;
        boolean known = engagement != null && engagement.sameAs(scored);
        boolean outdated =
                scoredSubmittedAt != null && command.submittedAt().isBefore(scoredSubmittedAt);
        if (known || outdated) {
            return "unchanged";
        }
        var scoredFor =
                scored != told && scoredSubmittedAt != null
                        ? scoredSubmittedAt
                        : command.submittedAt();
        events.append(new Scored(leadId, scored, scoredFor));
        return "scored";
    }

    @EntityCreator
    static Lead on(Captured event) {
        var first = event.submission();
        return new Lead(
                event.leadId(),
                first.getSiteId(),
                submittedAt(first),
                first.getReceivedAt(),
                first.getSubmissionId(),
                null,
                null,
                LeadLife.start(event.stage()));
    }

    @EventSourcingHandler
    Lead on(Resubmitted event) {
        var received = event.submission().getReceivedAt();
        return new Lead(
                leadId,
                siteId,
                earlier(capturedAt, submittedAt(event.submission())),
                received.isAfter(lastSubmittedAt) ? received : lastSubmittedAt,
                firstSubmissionId,
                engagement,
                scoredSubmittedAt,
                life);
    }

    @EventSourcingHandler
    Lead on(Scored event) {
        boolean visited = event.engagement().sessionId() != null;
        return new Lead(
                leadId,
                siteId,
                capturedAt,
                lastSubmittedAt,
                firstSubmissionId,
                event.engagement(),
                visited ? event.submittedAt() : scoredSubmittedAt,
                life);
    }

    @EventSourcingHandler
    Lead on(FactRecorded event) {
        return noticed(FactNote.of(event.fact()));
    }

    @EventSourcingHandler
    Lead on(FactAttributed event) {
        return event.note() == null ? this : noticed(event.note());
    }

    @EventSourcingHandler
    Lead on(Lived event) {
        return living(life.on(event.what()));
    }

    /// Of a fact that decides nothing nothing is kept.
    private Lead noticed(FactNote note) {
        return note.decides() ? living(life.noticed(note)) : this;
    }

    private Lead living(LeadLife next) {
        return new Lead(
                leadId,
                siteId,
                capturedAt,
                lastSubmittedAt,
                firstSubmissionId,
                engagement,
                scoredSubmittedAt,
                next);
    }

    private static Instant submittedAt(Submission submission) {
        return earlier(submission.getSubmittedAt(), submission.getReceivedAt());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
