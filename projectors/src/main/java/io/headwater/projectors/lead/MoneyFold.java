package io.headwater.projectors.lead;

import io.headwater.life.FactNote;
import io.headwater.life.Money;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a lead is worth in one currency, by the rules by which the decider refuses refunds.
final class MoneyFold {

    private MoneyFold() {}

    /// @param facts of the lead and those merged into it
    static LeadMoneyRow row(
            LeadRow lead, List<FactNote> facts, String currency, SourcePosition position) {
        var money = Money.of(facts, currency);
        return LeadMoneyRow.newBuilder()
                .setLeadId(lead.getLeadId())
                .setSiteId(lead.getSiteId())
                .setCurrency(currency)
                .setQuotedMinor(newestQuote(facts, currency))
                .setWonMinor(isWon(facts, currency) ? money.won() : null)
                .setPaidMinor(money.paid())
                .setRefundedMinor(money.refunded())
                .setRefundedByHandMinor(money.refundedByHand())
                .setDisputedMinor(money.disputed())
                .setDisputesLostMinor(money.disputesLost())
                .setRevenueMinor(money.revenue())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    private static @Nullable Long newestQuote(List<FactNote> facts, String currency) {
        return facts.stream()
                .filter(note -> isOf(note, FactNote.QUOTED, currency))
                .max(FactNote.BY_TIME)
                .map(FactNote::amountMinor)
                .orElse(null);
    }

    private static boolean isWon(List<FactNote> facts, String currency) {
        return facts.stream().anyMatch(note -> isOf(note, FactNote.WON, currency));
    }

    private static boolean isOf(FactNote note, String kind, String currency) {
        return note.kind().equals(kind)
                && currency.equals(note.currency())
                && note.amountMinor() != null;
    }
}
