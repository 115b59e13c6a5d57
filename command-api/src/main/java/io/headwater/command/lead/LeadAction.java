package io.headwater.command.lead;

import io.headwater.events.Pii;
import io.headwater.life.FactNote;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a lead may be asked to do after it was captured; the outside form is `ChangeLead`.
sealed interface LeadAction {

    record Move(String stage, @Nullable String reason) implements LeadAction {}

    record Assign(@Nullable String assignee, @Nullable String team) implements LeadAction {}

    record Contact(String channel, boolean reached) implements LeadAction {}

    /// @param newRef the booking that replaces `ref`; null: `ref` itself is moved
    record Appoint(
            String change,
            String ref,
            @Nullable String newRef,
            @Nullable Instant startsAt,
            @Nullable String reason)
            implements LeadAction {}

    record Quote(String quoteRef, long amountMinor, String currency) implements LeadAction {}

    record Win(@Nullable Long amountMinor, @Nullable String currency, @Nullable String reference)
            implements LeadAction {}

    record Lose(String reasonCode, @Nullable String reason) implements LeadAction {}

    record GiveBack(String reasonCode, @Nullable String reason) implements LeadAction {}

    record Reopen(@Nullable String stage, @Nullable String reason) implements LeadAction {}

    record Refund(String refundRef, long amountMinor, String currency) implements LeadAction {}

    record ReverseRefund(String refundRef) implements LeadAction {}

    record Note(Pii message) implements LeadAction {}

    record Link(@Nullable String crm, String crmLeadId, @Nullable String crmUrl)
            implements LeadAction {}

    record Activity(
            String activityId,
            String activity,
            @Nullable String url,
            @Nullable Pii summary,
            @Nullable Pii payload)
            implements LeadAction {}

    /// @param purposes none: all
    /// @param channel how the person said so
    record Withdraw(List<String> purposes, @Nullable String channel, @Nullable String reason)
            implements LeadAction {}

    /// @param atOnce without the time in which it can be withdrawn
    record Erase(String cause, boolean atOnce) implements LeadAction {}

    record WithdrawErasure(@Nullable String reason) implements LeadAction {}

    /// What was asked for by `Erase`, done.
    ///
    /// @param requestedAt of the wish; null: of whichever is open
    record Forget(String cause, @Nullable Instant requestedAt) implements LeadAction {}

    record Correct(
            String submissionId,
            Map<String, Pii> before,
            Map<String, Pii> after,
            int mappingVersion,
            @Nullable String planId)
            implements LeadAction {}

    record Merge(String intoLeadId, @Nullable String reason) implements LeadAction {}

    record Unmerge(@Nullable String reason) implements LeadAction {}

    /// The other side of a merge.
    ///
    /// @param facts of the merged lead and of those merged into it
    record Absorb(String mergedLeadId, List<FactNote> facts) implements LeadAction {}

    /// The other side of an unmerge.
    record Release(String mergedLeadId) implements LeadAction {}
}
