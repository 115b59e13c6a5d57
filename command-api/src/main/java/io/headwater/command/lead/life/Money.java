package io.headwater.command.lead.life;

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
/// @param refundsFailed of those that came to nothing
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
        var refunded = new HashMap<String, Long>();
        var failed = new HashMap<String, Long>();
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
                // each event tells its own part of what a payment gives back
                case "payment_refunded" -> refunded.put(note.id(), amount);
                case "refund_failed" -> failed.put(note.id(), amount);
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
                sum(refunded),
                sum(failed),
                sum(disputed),
                sum(kept),
                sum(lost),
                sum(byHand));
    }

    /// Cannot overflow: as many notes as a lead keeps, each within [FactNote#MOST_MINOR].
    private static long sum(Map<String, Long> amounts) {
        return amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    /// What could still be given back: the deal as told or as paid, less what went back already.
    public long refundable() {
        long back = refunded - refundsFailed + disputesLost + refundedByHand;
        return Math.max(0, Math.max(won, paid) - Math.max(0, back));
    }
}
