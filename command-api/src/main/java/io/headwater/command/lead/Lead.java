package io.headwater.command.lead;

import io.headwater.command.lead.LeadEvent.Captured;
import io.headwater.command.lead.LeadEvent.FactAttributed;
import io.headwater.command.lead.LeadEvent.FactRecorded;
import io.headwater.command.lead.LeadEvent.Resubmitted;
import io.headwater.command.lead.LeadEvent.Scored;
import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.jspecify.annotations.Nullable;

/// A person who asked about a project of a site: the primary lead of all their submissions.
///
///     (nobody) ──Capture──► lead ◄──Capture (resubmitted), RecordFact, Score──┐
///                            └──────────────────────────────────────────────┘
///
/// Handlers return the outcome for the caller; they read no clock: all times are in the commands.
///
/// @param lastSubmittedAt received time of the newest submission
/// @param engagement null until scored
/// @param scoredSubmittedAt received time of the submission whose session was scored last; null: none
///   with a session yet
@EventSourcedEntity(tagKey = "lead")
record Lead(
        String leadId,
        String siteId,
        Instant lastSubmittedAt,
        String firstSubmissionId,
        @Nullable Engagement engagement,
        @Nullable Instant scoredSubmittedAt) {

    @CommandHandler
    static String capture(LeadCommand.Capture command, EventAppender events) {
        events.append(new Captured(command.leadId(), command.submission()));
        attribute(command, events);
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
        attribute(command, events);
        return "accepted";
    }

    private static void attribute(LeadCommand.Capture command, EventAppender events) {
        command.waitingFacts()
                .forEach(fact -> events.append(new FactAttributed(command.leadId(), fact)));
    }

    @CommandHandler
    String recordFact(LeadCommand.RecordFact command, EventAppender events) {
        events.append(new FactRecorded(leadId, command.fact()));
        return "recorded";
    }

    /// A visit that was seen is not unseen: a later submission without one (of a provider, of an
    /// API) changes nothing. Of two visitors that submitted for the lead, the later submission's
    /// counts; their scores come in any order.
    @CommandHandler
    String score(LeadCommand.Score command, EventAppender events) {
        var scored = command.engagement();
        boolean known =
                engagement != null && (scored.sessionId() == null || engagement.sameAs(scored));
        boolean outdated =
                scoredSubmittedAt != null && command.submittedAt().isBefore(scoredSubmittedAt);
        if (known || outdated) {
            return "unchanged";
        }
        events.append(new Scored(leadId, scored, command.submittedAt()));
        return "scored";
    }

    @EntityCreator
    static Lead on(Captured event) {
        var first = event.submission();
        return new Lead(
                event.leadId(),
                first.getSiteId(),
                first.getReceivedAt(),
                first.getSubmissionId(),
                null,
                null);
    }

    @EventSourcingHandler
    Lead on(Resubmitted event) {
        var received = event.submission().getReceivedAt();
        return new Lead(
                leadId,
                siteId,
                received.isAfter(lastSubmittedAt) ? received : lastSubmittedAt,
                firstSubmissionId,
                engagement,
                scoredSubmittedAt);
    }

    @EventSourcingHandler
    Lead on(Scored event) {
        boolean visited = event.engagement().sessionId() != null;
        return new Lead(
                leadId,
                siteId,
                lastSubmittedAt,
                firstSubmissionId,
                event.engagement(),
                visited ? event.submittedAt() : scoredSubmittedAt);
    }

    @EventSourcingHandler
    Lead on(FactRecorded event) {
        return this;
    }

    @EventSourcingHandler
    Lead on(FactAttributed event) {
        return this;
    }
}
