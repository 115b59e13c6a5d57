package io.headwater.command.lead.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headwater.command.platform.contact.Purposes;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.lead.AssignLead;
import io.headwater.events.lead.ChangeAppointment;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.ContactLead;
import io.headwater.events.lead.EraseLead;
import io.headwater.events.lead.LinkLead;
import io.headwater.events.lead.LoseLead;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.MoveLead;
import io.headwater.events.lead.NoteLead;
import io.headwater.events.lead.QuoteLead;
import io.headwater.events.lead.RefundLead;
import io.headwater.events.lead.ReopenLead;
import io.headwater.events.lead.ReturnLead;
import io.headwater.events.lead.UnmergeLead;
import io.headwater.events.lead.WinLead;
import io.headwater.events.lead.WithdrawConsent;
import io.headwater.schema.PersonalData;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Body of a request about a lead. Times are ISO 8601 or Unix; money is in minor units.
sealed interface LeadStep {

    String MOST = "1000000000000000";
    String SLUG = "[a-z0-9][a-z0-9_-]{0,59}";
    String CURRENCY = "[A-Z]{3}";

    /// When it happened; null: now.
    @Nullable String at();

    /// Refused with 409 when the lead has another version; null: any.
    @Nullable Long expectedVersion();

    /// @param commandId also the reference of what needs one and was given none
    void addTo(ChangeLead.Builder command, String commandId);

    record Move(
            @NotBlank @Size(max = 40) String stage,
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setMove(new MoveLead(stage, clean(reason)));
        }
    }

    /// @param assignee null: nobody any more
    record Assign(
            @Nullable @Size(max = 100) String assignee,
            @Nullable @Size(max = 100) String team,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setAssign(new AssignLead(clean(assignee), clean(team)));
        }
    }

    record Contact(
            @NotNull @Pattern(regexp = "call|email|sms|meeting|chat|other") String channel,
            @Nullable Boolean reached,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setContact(new ContactLead(channel, Boolean.TRUE.equals(reached)));
        }
    }

    /// @param ref of the booking; only a new one may go without
    /// @param newRef rescheduled: the booking that replaces it; null: it is moved itself
    record Appointment(
            @NotNull
                    @Pattern(
                            regexp = "booked|rescheduled|cancelled|shown|no_show|no_show_withdrawn")
                    String change,
            @Nullable @Size(min = 1, max = 500) String ref,
            @JsonProperty("new_ref") @Nullable @Size(min = 1, max = 500) String newRef,
            @JsonProperty("starts_at") @Nullable String startsAt,
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @AssertTrue(message = "is required for a booking that exists")
        boolean isRef() {
            return ref != null || change == null || change.equals("booked");
        }

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setAppointment(
                    ChangeAppointment.newBuilder()
                            .setChange(change)
                            .setRef(ref == null ? commandId : Text.clean(ref))
                            .setNewRef(clean(newRef))
                            .setStartsAt(Times.ahead("starts_at", startsAt))
                            .setReason(clean(reason))
                            .build());
        }
    }

    record Quote(
            @JsonProperty("amount_minor")
                    @NotNull
                    @Digits(integer = 16, fraction = 0)
                    @DecimalMin("0")
                    @DecimalMax(MOST)
                    BigDecimal amountMinor,
            @NotNull @Pattern(regexp = CURRENCY) String currency,
            @JsonProperty("quote_ref") @Nullable @Size(min = 1, max = 100) String quoteRef,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setQuote(
                    new QuoteLead(
                            quoteRef == null ? commandId : Text.clean(quoteRef),
                            amountMinor.longValueExact(),
                            currency));
        }
    }

    /// @param reference the caller's reference of the deal
    record Win(
            @JsonProperty("amount_minor")
                    @Nullable
                    @Digits(integer = 16, fraction = 0)
                    @DecimalMin("0")
                    @DecimalMax(MOST)
                    BigDecimal amountMinor,
            @Nullable @Pattern(regexp = CURRENCY) String currency,
            @Nullable @Size(max = 100) String reference,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @AssertTrue(message = "is required with an amount, and only then")
        boolean isCurrency() {
            return (amountMinor == null) == (currency == null);
        }

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setWin(
                    new WinLead(
                            amountMinor == null ? null : amountMinor.longValueExact(),
                            currency,
                            clean(reference)));
        }
    }

    record Lose(
            @JsonProperty("reason_code") @NotNull @Pattern(regexp = SLUG) String reasonCode,
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setLose(new LoseLead(reasonCode, clean(reason)));
        }
    }

    record Return(
            @JsonProperty("reason_code")
                    @NotNull
                    @Pattern(
                            regexp =
                                    "duplicate|invalid_contact|wrong_product|fraud|out_of_area|other")
                    String reasonCode,
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setGiveBack(new ReturnLead(reasonCode, clean(reason)));
        }
    }

    /// @param stage an open one; null: the first
    record Reopen(
            @Nullable @Size(min = 1, max = 40) String stage,
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setReopen(new ReopenLead(stage, clean(reason)));
        }
    }

    /// @param reversed the refund of this reference did not happen after all
    record Refund(
            @JsonProperty("refund_ref") @Nullable @Size(min = 1, max = 100) String refundRef,
            @JsonProperty("amount_minor")
                    @Nullable
                    @Digits(integer = 16, fraction = 0)
                    @DecimalMin("1")
                    @DecimalMax(MOST)
                    BigDecimal amountMinor,
            @Nullable @Pattern(regexp = CURRENCY) String currency,
            @Nullable Boolean reversed,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        private boolean reversal() {
            return Boolean.TRUE.equals(reversed);
        }

        @AssertTrue(message = "is required of a refund to reverse")
        boolean isRefundRef() {
            return refundRef != null || !reversal();
        }

        @AssertTrue(message = "is required, except of a reversal, which is of the whole refund")
        boolean isAmountMinor() {
            return (amountMinor == null) == reversal();
        }

        @AssertTrue(message = "is required with an amount, and only then")
        boolean isCurrency() {
            return (amountMinor == null) == (currency == null);
        }

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setRefund(
                    new RefundLead(
                            refundRef == null ? commandId : Text.clean(refundRef),
                            amountMinor == null ? null : amountMinor.longValueExact(),
                            currency,
                            reversal()));
        }
    }

    record Merge(
            @JsonProperty("into_lead_id") @NotBlank @Size(max = 100) String intoLeadId,
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setMerge(new MergeLead(Text.clean(intoLeadId), clean(reason)));
        }
    }

    record Unmerge(
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setUnmerge(new UnmergeLead(clean(reason)));
        }
    }

    record Note(
            @NotBlank @Size(max = 10_000) String message,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setNote(new NoteLead(PersonalData.of(Text.clean(message))));
        }
    }

    /// @param crm name of the CRM
    record Crm(
            @Nullable @Size(max = 60) String crm,
            @JsonProperty("crm_lead_id") @NotBlank @Size(max = 200) String crmLeadId,
            @JsonProperty("crm_url") @Nullable @Pattern(regexp = "https?://\\S{1,1990}")
                    String crmUrl,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setLink(new LinkLead(clean(crm), Text.clean(crmLeadId).strip(), clean(crmUrl)));
        }
    }

    /// @param purposes as a consent names them; none: all
    /// @param channel how the person said so
    record Withdraw(
            @Nullable @Size(max = 10) List<@NotBlank @Size(max = 100) String> purposes,
            @Nullable @Pattern(regexp = "email|phone|sms|letter|web|in_person|other")
                    String channel,
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        /// A word without a letter says for what as little as none, but does not mean all.
        @AssertTrue(message = "has a word that is none")
        boolean isPurposes() {
            return purposes == null
                    || purposes.stream()
                            // no word at all is told by the element itself
                            .filter(Objects::nonNull)
                            .noneMatch(word -> Purposes.of(List.of(word)).isEmpty());
        }

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setWithdraw(
                    new WithdrawConsent(
                            purposes == null ? List.of() : Purposes.of(purposes),
                            channel,
                            clean(reason)));
        }
    }

    /// @param atOnce without the time in which it can be withdrawn
    record Erase(
            @JsonProperty("at_once") @Nullable Boolean atOnce,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setErase(new EraseLead("hand", Boolean.TRUE.equals(atOnce)));
        }
    }

    record WithdrawErasure(
            @Nullable @Size(max = 500) String reason,
            @Nullable String at,
            @JsonProperty("expected_version") @Nullable Long expectedVersion)
            implements LeadStep {

        @Override
        public void addTo(ChangeLead.Builder command, String commandId) {
            command.setWithdrawErasure(new io.headwater.events.lead.WithdrawErasure(clean(reason)));
        }
    }

    private static @Nullable String clean(@Nullable String text) {
        return Text.field(text, 2_000);
    }
}
