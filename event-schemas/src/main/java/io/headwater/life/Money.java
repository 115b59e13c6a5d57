package io.headwater.life;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/// What a lead paid and got back, by currency; every sum by itself, so that none hides another.
///
/// @param won told by hand when it was won; a win that was taken back is no fact any more
/// @param paid each payment once, however many events tell of it
/// @param refunded by the payment provider
/// @param refundsFailed refunds that came to nothing; they are not in `refunded`
/// @param disputed opened, whatever became of it
/// @param disputesWon of those, kept after all
/// @param disputesLost of those, given back
/// @param refundedByHand each reference once, reversed ones left out
public record Money(
        long won,
        long paid,
        long refunded,
        long refundsFailed,
        long disputed,
        long disputesWon,
        long disputesLost,
        long refundedByHand) {

    public static final Money NONE = new Money(0, 0, 0, 0, 0, 0, 0, 0);

    /// Of two events about one thing the larger amount is the whole of it.
    private static final BinaryOperator<Long> LARGER = Math::max;

    /// @return by currency; amounts without one are no money
    public static SortedMap<String, Money> of(Collection<FactNote> facts) {
        var currencies = new TreeMap<String, Money>();
        facts.stream()
                .map(FactNote::currency)
                .filter(currency -> currency != null)
                .distinct()
                .forEach(currency -> currencies.put(currency, of(facts, currency)));
        return currencies;
    }

    public static Money of(Collection<FactNote> facts, String currency) {
        var won = new HashMap<String, Long>();
        var paid = new HashMap<String, Long>();
        var refunds = new Refunds(new HashMap<>(), new HashMap<>(), new HashMap<>());
        var disputed = new HashMap<String, Long>();
        var kept = new HashMap<String, Long>();
        var lost = new HashMap<String, Long>();
        var byHand = new HashMap<String, Long>();
        for (var note : facts) {
            Long amount = note.amountMinor();
            if (amount == null || !currency.equals(note.currency())) {
                continue;
            }
            switch (note.kind()) {
                case FactNote.WON -> won.put(note.id(), amount);
                case FactNote.PAYMENT -> paid.merge(note.subject(), amount, LARGER);
                case "payment_refunded" -> refunds.told().merge(refund(note), amount, LARGER);
                case "refund_failed" -> refunds.failed().merge(refund(note), amount, LARGER);
                case "refund_total" ->
                        refunds.totals().merge(String.valueOf(note.previousRef()), amount, LARGER);
                case "dispute_opened" -> disputed.merge(note.subject(), amount, LARGER);
                case "dispute_won" -> kept.merge(note.subject(), amount, LARGER);
                case "dispute_lost" -> lost.merge(note.subject(), amount, LARGER);
                case FactNote.REFUNDED -> byHand.put(note.subject(), amount);
                default -> {}
            }
        }
        facts.stream()
                .filter(note -> note.kind().equals(FactNote.REFUND_REVERSED))
                .forEach(note -> byHand.remove(note.subject()));
        return new Money(
                sum(won),
                sum(paid),
                refunds.sum(),
                sum(refunds.failed()),
                sum(disputed),
                sum(kept),
                sum(lost),
                sum(byHand));
    }

    private static String refund(FactNote note) {
        return Refunds.key(note.previousRef(), note.subject());
    }

    /// Cannot overflow: as many notes as a lead keeps, each within [FactNote#MOST_MINOR].
    private static long sum(Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What the lead is worth: the deal as told or as paid, less what went back of it. Negative
    /// while a provider's refund is known before its payment. A refund by hand is of money that is
    /// known: it goes no lower, also when the win that it was of is taken back.
    public long revenue() {
        long left = Math.max(won, paid) - refunded - disputesLost;
        return left - Math.min(refundedByHand, Math.max(0, left));
    }

    /// What could still be given back: the deal as told or as paid, less what went back already.
    public long refundable() {
        long back = refunded + disputesLost + refundedByHand;
        return Math.max(0, Math.max(won, paid) - Math.max(0, back));
    }
}
