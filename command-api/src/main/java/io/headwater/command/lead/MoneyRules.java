package io.headwater.command.lead;

import io.headwater.command.lead.life.LifeProblem;
import io.headwater.life.FactNote;
import io.headwater.life.Money;
import java.util.List;
import java.util.Optional;

/// Quotes and refunds told by hand; the payment provider's come as facts.
final class MoneyRules {

    private MoneyRules() {}

    static List<LifeEvent> quote(LifeCase lead, LeadAction.Quote quote) {
        if (lead.life().closed()) {
            throw LifeProblem.LEAD_CLOSED.because(
                    "The lead is in stage %s; reopen it first.".formatted(lead.life().stage()));
        }
        if (known(lead, FactNote.QUOTED, quote.quoteRef()).isPresent()) {
            throw LifeProblem.QUOTE_EXISTS.because(
                    "The lead has a quote of this reference already.");
        }
        return lead.settled(
                "quoted",
                new LifeEvent.Quoted(
                        lead.leadId(),
                        lead.by(),
                        quote.quoteRef(),
                        quote.amountMinor(),
                        quote.currency()));
    }

    static List<LifeEvent> refund(LifeCase lead, LeadAction.Refund refund) {
        if (known(lead, FactNote.REFUNDED, refund.refundRef()).isPresent()) {
            throw LifeProblem.REFUND_EXISTS.because(
                    "The lead has a refund of this reference already.");
        }
        long most = Money.of(lead.life().facts().notes(), refund.currency()).refundable();
        if (refund.amountMinor() > most) {
            throw LifeProblem.REFUND_EXCEEDS_REVENUE.because(
                    "At most %d minor units of %s can go back.".formatted(most, refund.currency()));
        }
        return List.of(
                new LifeEvent.RefundRecorded(
                        lead.leadId(),
                        lead.by(),
                        refund.refundRef(),
                        refund.amountMinor(),
                        refund.currency(),
                        false));
    }

    static List<LifeEvent> reverse(LifeCase lead, LeadAction.ReverseRefund reverse) {
        var refund = known(lead, FactNote.REFUNDED, reverse.refundRef());
        if (refund.isEmpty()) {
            throw LifeProblem.REFUND_UNKNOWN.because("The lead has no refund of this reference.");
        }
        if (known(lead, FactNote.REFUND_REVERSED, reverse.refundRef()).isPresent()) {
            throw LifeProblem.REFUND_ALREADY_REVERSED.because("The refund was reversed already.");
        }
        Long amount = refund.get().amountMinor();
        return List.of(
                new LifeEvent.RefundRecorded(
                        lead.leadId(),
                        lead.by(),
                        reverse.refundRef(),
                        amount == null ? 0 : amount,
                        String.valueOf(refund.get().currency()),
                        true));
    }

    private static Optional<FactNote> known(LifeCase lead, String kind, String ref) {
        return lead.life().facts().of(kind).filter(note -> ref.equals(note.ref())).findFirst();
    }
}
