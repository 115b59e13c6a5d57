package io.headwater.command.lead;

import io.headwater.events.Pii;
import io.headwater.events.lead.Consent;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.Submission;
import io.headwater.life.FactNote;
import io.headwater.state.DeliveryState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.axonframework.eventsourcing.annotation.EventTag;
import org.axonframework.messaging.eventhandling.annotation.Event;
import org.jspecify.annotations.Nullable;

/// What was decided about a submission, a fact or a lead. A submission becomes exactly one of the
/// first seven, and one that was quarantined may become another of them later; the outside forms
/// are in [LeadPublisher].
sealed interface LeadEvent {

    /// @param stage key of the one it starts in
    @Event(namespace = "lead", name = "LeadCaptured", version = "1")
    record Captured(@EventTag(key = "lead") String leadId, Submission submission, String stage)
            implements LeadEvent {}

    @Event(namespace = "lead", name = "LeadResubmitted", version = "1")
    record Resubmitted(
            @EventTag(key = "lead") String leadId,
            Submission submission,
            boolean reengaged,
            @Nullable String conflictingLeadId)
            implements LeadEvent {}

    /// @param first the submission that it is a duplicate of
    /// @param leadId where the first went
    /// @param rule as in `SubmissionDuplicated.avsc`
    record Duplicated(
            Submission submission, DeliveryState first, @Nullable String leadId, String rule)
            implements LeadEvent {}

    record Blocked(Submission submission, String code) implements LeadEvent {}

    record Tested(Submission submission, String code) implements LeadEvent {}

    record Refused(Submission submission, String code, String detail) implements LeadEvent {}

    record Quarantined(Submission submission, String code, String detail) implements LeadEvent {}

    /// @param before value by Avro field name, of what changed, sealed where it is personal; so is
    ///   the next
    /// @param consents that are told now; empty: as before
    record Edited(
            String submissionId,
            Map<String, Pii> before,
            Map<String, Pii> after,
            List<Consent> consents,
            String actor)
            implements LeadEvent {}

    /// Followed by what it became.
    record LetIn(String submissionId, @Nullable String planId, String actor) implements LeadEvent {}

    record Rejected(
            String submissionId,
            String reasonCode,
            @Nullable String reason,
            @Nullable String planId,
            String actor)
            implements LeadEvent {}

    /// @param submittedAt received time of the submission scored for
    @Event(namespace = "lead", name = "LeadScored", version = "1")
    record Scored(@EventTag(key = "lead") String leadId, Engagement engagement, Instant submittedAt)
            implements LeadEvent {}

    /// @param leadId null: nobody we know yet
    @Event(namespace = "lead", name = "FactRecorded", version = "1")
    record FactRecorded(@EventTag(key = "lead") @Nullable String leadId, ProviderFact fact)
            implements LeadEvent {}

    /// @param note null in events of a time when it was not told
    @Event(namespace = "lead", name = "FactAttributed", version = "1")
    record FactAttributed(
            @EventTag(key = "lead") String leadId, String factId, @Nullable FactNote note)
            implements LeadEvent {}

    /// One name inside for all of them; outside each has its own.
    @Event(namespace = "lead", name = "LeadLived", version = "1")
    record Lived(@EventTag(key = "lead") String leadId, LifeEvent what) implements LeadEvent {}
}
