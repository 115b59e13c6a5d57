package io.headwater.command.lead;

import io.headwater.command.platform.directory.Stage;
import io.headwater.events.Pii;
import io.headwater.life.FactNote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happened in the life of a lead after it was captured; a [LeadEvent.Lived] each.
sealed interface LifeEvent {

    String leadId();

    By by();

    /// @param cause see the outside form; `hand` and `reopen` are decisions
    record StageChanged(
            String leadId,
            By by,
            String from,
            String to,
            Stage.Kind kind,
            String cause,
            @Nullable String reason)
            implements LifeEvent {

        static final String HAND = "hand";
        static final String REOPEN = "reopen";

        boolean isDecision() {
            return cause.equals(HAND) || cause.equals(REOPEN);
        }
    }

    record Assigned(String leadId, By by, @Nullable String assignee, @Nullable String team)
            implements LifeEvent {}

    record Contacted(String leadId, By by, String channel, boolean reached) implements LifeEvent {}

    /// @param appointmentRef of the chain, as it is after this; so are the next three
    /// @param change what happened: see the outside form
    /// @param ref the booking that it happened to
    /// @param previousRef the booking that `ref` replaces
    /// @param factId null: by hand
    record AppointmentChanged(
            String leadId,
            By by,
            String appointmentRef,
            String currentRef,
            String status,
            @Nullable Instant startsAt,
            List<String> replacedRefs,
            String change,
            String ref,
            @Nullable String previousRef,
            @Nullable String factId,
            @Nullable String reason)
            implements LifeEvent {}

    record Quoted(String leadId, By by, String quoteRef, long amountMinor, String currency)
            implements LifeEvent {}

    record Won(
            String leadId,
            By by,
            String stage,
            @Nullable Long amountMinor,
            @Nullable String currency,
            @Nullable String reference)
            implements LifeEvent {}

    record Lost(String leadId, By by, String stage, String reasonCode, @Nullable String reason)
            implements LifeEvent {}

    record Returned(String leadId, By by, String stage, String reasonCode, @Nullable String reason)
            implements LifeEvent {}

    record RefundRecorded(
            String leadId,
            By by,
            String refundRef,
            long amountMinor,
            String currency,
            boolean reversed)
            implements LifeEvent {}

    record Merged(String leadId, By by, String into, @Nullable String reason)
            implements LifeEvent {}

    record Absorbed(String leadId, By by, String mergedLeadId, List<FactNote> facts)
            implements LifeEvent {}

    record Unmerged(String leadId, By by, String from, @Nullable String reason)
            implements LifeEvent {}

    record Released(String leadId, By by, String mergedLeadId) implements LifeEvent {}

    record Noted(String leadId, By by, @Nullable Pii message) implements LifeEvent {}

    record CrmLinked(
            String leadId, By by, @Nullable String crm, String crmLeadId, @Nullable String crmUrl)
            implements LifeEvent {}

    record ActivityRecorded(
            String leadId,
            By by,
            String activityId,
            String activity,
            @Nullable String url,
            @Nullable Pii summary,
            @Nullable Pii payload)
            implements LifeEvent {}

    /// @param purposes none: all
    record ConsentWithdrawn(
            String leadId,
            By by,
            List<String> purposes,
            @Nullable String channel,
            @Nullable String reason)
            implements LifeEvent {}

    /// @param atOnce nobody waits whether it is withdrawn
    record EraseRequested(String leadId, By by, String cause, boolean atOnce)
            implements LifeEvent {}

    /// @param requestedAt of the wish
    record EraseWithdrawn(String leadId, By by, Instant requestedAt, @Nullable String reason)
            implements LifeEvent {}

    record Erased(String leadId, By by, String cause) implements LifeEvent {}

    record Corrected(
            String leadId,
            By by,
            String submissionId,
            Map<String, Pii> before,
            Map<String, Pii> after,
            int mappingVersion,
            @Nullable String planId)
            implements LifeEvent {}
}
