package io.headwater.projectors.lead;

import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Staged;
import io.headwater.views.LeadMoneyRow;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What a lead is worth, from notes that are each kept once: an event told twice, or two events about
/// one payment, change nothing.
///
///     key of a note: lead|currency|kind|what it is about
///
/// The rules are the decider's, which refuses refunds by them.
final class Money {

    /// No sum of notes leaves a `long`; the decider's bound.
    private static final long MOST = 1_000_000_000_000_000L;

    private static final String QUOTED = "quoted";
    private static final String WON = "won";
    private static final String PAID = "paid";
    private static final String REFUNDED = "refunded";
    private static final String FAILED = "failed";
    private static final String REFUND_TOTAL = "refund_total";
    private static final String DISPUTED = "disputed";
    private static final String DISPUTE_LOST = "dispute_lost";
    private static final String BY_HAND = "by_hand";

    private final Staged<Long> notes;

    Money(Staged<Long> notes) {
        this.notes = notes;
    }

    /// @return currencies that changed
    Set<String> note(SpecificRecord event) {
        return switch (event) {
            case LeadQuoted e ->
                    newest(e.getLeadId(), e.getCurrency(), QUOTED, e.getAt(), e.getAmountMinor());
            case LeadWon e when e.getAmountMinor() != null && e.getCurrency() != null ->
                    newest(e.getLeadId(), e.getCurrency(), WON, e.getAt(), e.getAmountMinor());
            case LeadStageChanged e when e.getCause().equals(LifeFold.REOPEN) ->
                    taken(e.getLeadId(), WON);
            case RefundRecorded e -> {
                String key = key(e.getLeadId(), e.getCurrency(), BY_HAND, e.getRefundRef());
                notes.put(key, e.getReversed() ? 0 : clamped(e.getAmountMinor()));
                yield Set.of(e.getCurrency());
            }
            default -> Set.of();
        };
    }

    /// @param fact of a lead; tests are worth nothing
    /// @return currencies that changed
    Set<String> note(ProviderFactRow fact) {
        String lead = fact.getLeadId();
        Long amount = fact.getAmountMinor();
        String currency = fact.getCurrency();
        if (lead == null || amount == null || currency == null || fact.getTest()) {
            return Set.of();
        }
        String about = fact.getExternalRef() == null ? fact.getFactId() : fact.getExternalRef();
        return switch (fact.getKind()) {
            case "payment_succeeded" -> largest(lead, currency, PAID, about, amount);
            case "payment_refunded" ->
                    largest(lead, currency, REFUNDED, refund(fact, about), amount);
            case "refund_failed" -> largest(lead, currency, FAILED, refund(fact, about), amount);
            case "refund_total" ->
                    largest(
                            lead,
                            currency,
                            REFUND_TOTAL,
                            String.valueOf(fact.getPreviousRef()),
                            amount);
            case "dispute_opened" -> largest(lead, currency, DISPUTED, about, amount);
            case "dispute_lost" -> largest(lead, currency, DISPUTE_LOST, about, amount);
            default -> Set.of();
        };
    }

    private static String refund(ProviderFactRow fact, String about) {
        return Refunds.key(fact.getPreviousRef(), about);
    }

    /// @return all that anything was told in
    Set<String> currencies(Collection<String> leads) {
        var currencies = new TreeSet<String>();
        for (String lead : leads) {
            notes.startingWith(lead + "|")
                    .keySet()
                    .forEach(key -> currencies.add(key.split("\\|", 3)[1]));
        }
        return currencies;
    }

    /// @param of the lead and those merged into it
    LeadMoneyRow row(LeadRow lead, List<String> of, String currency, SourcePosition position) {
        Map<String, SortedMap<String, Long>> kinds = new TreeMap<>();
        for (String one : of) {
            notes.startingWith(one + "|" + currency + "|")
                    .forEach((key, amount) -> {
                        String[] parts = key.split("\\|", 4);
                        kinds.computeIfAbsent(parts[2], _ -> new TreeMap<>())
                                .merge(parts[3], amount, Math::max);
                    });
        }
        Long won = last(kinds.get(WON));
        long paid = sum(kinds.get(PAID));
        long refunded =
                new Refunds(
                                kinds.getOrDefault(REFUNDED, new TreeMap<>()),
                                kinds.getOrDefault(FAILED, new TreeMap<>()),
                                kinds.getOrDefault(REFUND_TOTAL, new TreeMap<>()))
                        .sum();
        long byHand = sum(kinds.get(BY_HAND));
        long lost = sum(kinds.get(DISPUTE_LOST));
        return LeadMoneyRow.newBuilder()
                .setLeadId(lead.getLeadId())
                .setSiteId(lead.getSiteId())
                .setCurrency(currency)
                .setQuotedMinor(last(kinds.get(QUOTED)))
                .setWonMinor(won)
                .setPaidMinor(paid)
                .setRefundedMinor(refunded)
                .setRefundedByHandMinor(byHand)
                .setDisputedMinor(sum(kinds.get(DISPUTED)))
                .setDisputesLostMinor(lost)
                .setRevenueMinor(Math.max(won == null ? 0 : won, paid) - refunded - byHand - lost)
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    /// By the time it happened, so that the newest is the last.
    private Set<String> newest(String lead, String currency, String kind, Instant at, long amount) {
        String time = String.format(Locale.ROOT, "%020d", at.toEpochMilli());
        notes.put(key(lead, currency, kind, time), clamped(amount));
        return Set.of(currency);
    }

    /// Of two events about one thing the larger amount is the whole of it.
    private Set<String> largest(
            String lead, String currency, String kind, String about, long amount) {
        String key = key(lead, currency, kind, about);
        Long known = notes.get(key);
        notes.put(key, known == null ? clamped(amount) : Math.max(known, clamped(amount)));
        return Set.of(currency);
    }

    private Set<String> taken(String lead, String kind) {
        var currencies = new TreeSet<String>();
        for (String key : notes.startingWith(lead + "|").keySet()) {
            String[] parts = key.split("\\|", 4);
            if (parts[2].equals(kind)) {
                notes.delete(key);
                currencies.add(parts[1]);
            }
        }
        return currencies;
    }

    /// A currency is a code; what is no code must not break the key.
    private static String key(String lead, String currency, String kind, String about) {
        return lead + "|" + currency.replace('|', '_') + "|" + kind + "|" + about;
    }

    private static @Nullable Long last(@Nullable SortedMap<String, Long> amounts) {
        return amounts == null ? null : amounts.lastEntry().getValue();
    }

    private static long sum(@Nullable SortedMap<String, Long> amounts) {
        return amounts == null ? 0 : amounts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long clamped(long amount) {
        return Math.clamp(amount, -MOST, MOST);
    }
}
