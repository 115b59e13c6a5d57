package io.headwater.command.lead;

import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import java.time.Instant;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/// What was decided about a submission, a fact or a lead. A submission becomes exactly one of the
/// first seven; the outside forms are in [LeadPublisher].
sealed interface LeadEvent {

    @Event(namespace = "lead", name = "LeadCaptured", version = "1")
    record Captured(@EventTag(key = "lead") String leadId, Submission submission)
            implements LeadEvent {}

    @Event(namespace = "lead", name = "LeadResubmitted", version = "1")
    record Resubmitted(
            @EventTag(key = "lead") String leadId,
            Submission submission,
            boolean reengaged,
            @Nullable String conflictingLeadId)
            implements LeadEvent {}

    record Duplicated(
            Submission submission, String duplicateOf, @Nullable String leadId, String rule)
            implements LeadEvent {}

    record Blocked(Submission submission, String code) implements LeadEvent {}

    record Tested(Submission submission, String code) implements LeadEvent {}

    record Refused(Submission submission, String code, String detail) implements LeadEvent {}

    record Quarantined(Submission submission, String code, String detail) implements LeadEvent {}

    /// @param submittedAt received time of the submission scored for
    @Event(namespace = "lead", name = "LeadScored", version = "1")
    record Scored(@EventTag(key = "lead") String leadId, Engagement engagement, Instant submittedAt)
            implements LeadEvent {}

    /// @param leadId null: nobody we know yet
    @Event(namespace = "lead", name = "FactRecorded", version = "1")
    record FactRecorded(@EventTag(key = "lead") @Nullable String leadId, ProviderFact fact)
            implements LeadEvent {}

    @Event(namespace = "lead", name = "FactAttributed", version = "1")
    record FactAttributed(@EventTag(key = "lead") String leadId, String factId)
            implements LeadEvent {}
}
