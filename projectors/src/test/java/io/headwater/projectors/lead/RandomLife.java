package io.headwater.projectors.lead;

import static io.headwater.schema.SampleLife.AT;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadContacted;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What may happen to three leads: facts of providers and of people at any time, with chains of
/// bookings, payments and refunds that run from one lead to another.
public final class RandomLife {

    public static final List<String> LEADS = List.of(lead(1), lead(2), lead(3));

    private static final List<String> APPOINTMENTS =
            List.of("booked", "rescheduled", "canceled", "shown", "no_show", "requested");
    private static final List<String> MONEY =
            List.of(
                    "payment_succeeded",
                    "payment_refunded",
                    "refund_failed",
                    "refund_total",
                    "dispute_opened",
                    "dispute_lost");

    /// Something that happens to a lead, whichever that is.
    ///
    /// @param lead index of the one it happens to
    public record Told(int lead, Function<String, SpecificRecord> event) {

        public SpecificRecord toItsLead() {
            return event.apply(LEADS.get(lead));
        }
    }

    private final Random random;
    private int told;

    public RandomLife(Random random) {
        this.random = random;
    }

    /// @return facts of which none takes another back
    public List<Told> facts(int count) {
        var all = new ArrayList<Told>();
        for (int i = 0; i < count; i++) {
            all.add(fact());
        }
        return all;
    }

    Told reopened() {
        var meta = next();
        return told(lead ->
                LeadStageChanged.newBuilder(
                                SampleLife.stageChanged("won", "new", 1).setCause("reopen").build())
                        .setMeta(meta.apply(lead))
                        .setLeadId(lead)
                        .build());
    }

    private Told fact() {
        return switch (random.nextInt(6)) {
            case 0, 1 -> appointment();
            case 2 -> payment();
            case 3 -> contacted();
            case 4 -> quotedOrWon();
            default -> refunded();
        };
    }

    private Told appointment() {
        String ref = "booking-" + random.nextInt(7);
        String before = random.nextInt(3) == 0 ? "booking-" + random.nextInt(7) : null;
        return provider("appointment_" + anyOf(APPOINTMENTS), ref, before, null);
    }

    private Told payment() {
        return provider(
                anyOf(MONEY),
                "charge-" + random.nextInt(4),
                random.nextBoolean() ? "charge-" + random.nextInt(4) : null,
                (long) random.nextInt(1_000));
    }

    private Told provider(String kind, String ref, @Nullable String before, @Nullable Long amount) {
        var fact =
                SampleEvents.fact()
                        .setFactId("fact-" + told)
                        .setKind(kind)
                        .setExternalRef(ref)
                        .setPreviousRef(before)
                        .setAmountMinor(amount)
                        .setCurrency(amount == null ? null : currency())
                        .setStartsAt(random.nextBoolean() ? time() : null)
                        .setOccurredAt(time())
                        .setReceivedAt(AT.plusSeconds(7_200))
                        .build();
        var meta = next();
        return told(lead -> new FactRecorded(meta.apply(lead), fact, lead));
    }

    private Told contacted() {
        var at = time();
        boolean reached = random.nextBoolean();
        var meta = next();
        return told(lead ->
                LeadContacted.newBuilder(SampleLife.contacted(1).build())
                        .setMeta(meta.apply(lead))
                        .setLeadId(lead)
                        .setReached(reached)
                        .setAt(at)
                        .build());
    }

    private Told quotedOrWon() {
        var at = time();
        long amount = random.nextInt(1_000);
        String currency = currency();
        var meta = next();
        return random.nextBoolean()
                ? told(lead ->
                        LeadQuoted.newBuilder(SampleLife.quoted(amount, currency, 1).build())
                                .setMeta(meta.apply(lead))
                                .setLeadId(lead)
                                .setAt(at)
                                .build())
                : told(lead ->
                        LeadWon.newBuilder(SampleLife.won(amount, currency, 1).build())
                                .setMeta(meta.apply(lead))
                                .setLeadId(lead)
                                .setAt(at)
                                .build());
    }

    private Told refunded() {
        long amount = random.nextInt(300);
        boolean reversed = random.nextInt(3) == 0;
        String ref = "refund-" + told;
        var meta = next();
        return told(lead ->
                RefundRecorded.newBuilder(SampleLife.refund(ref, amount, 1).build())
                        .setMeta(meta.apply(lead))
                        .setLeadId(lead)
                        .setReversed(reversed)
                        .build());
    }

    private Told told(Function<String, SpecificRecord> event) {
        return new Told(random.nextInt(LEADS.size()), event);
    }

    /// The same command id whichever lead it is told of.
    private Function<String, EventMeta> next() {
        long sequence = ++told;
        String command = "told-" + sequence;
        return lead -> new EventMeta(command + "-0", lead, sequence, command, AT);
    }

    /// One lead stands for another from now on.
    public List<SpecificRecord> merge(int from, int into) {
        String merged = LEADS.get(from);
        String survivor = LEADS.get(into);
        return List.of(
                LeadMerged.newBuilder(SampleLife.merged(1))
                        .setMeta(next().apply(merged))
                        .setLeadId(merged)
                        .setIntoLeadId(survivor)
                        .build(),
                LeadAbsorbed.newBuilder(SampleLife.absorbed(1))
                        .setMeta(next().apply(survivor))
                        .setLeadId(survivor)
                        .setMergedLeadId(merged)
                        .build());
    }

    public List<SpecificRecord> unmerge(int from, int into) {
        String merged = LEADS.get(from);
        String survivor = LEADS.get(into);
        return List.of(
                LeadUnmerged.newBuilder(SampleLife.unmerged(1))
                        .setMeta(next().apply(merged))
                        .setLeadId(merged)
                        .setFromLeadId(survivor)
                        .build(),
                LeadReleased.newBuilder(SampleLife.released(1))
                        .setMeta(next().apply(survivor))
                        .setLeadId(survivor)
                        .setMergedLeadId(merged)
                        .build());
    }

    private Instant time() {
        return AT.plusSeconds(random.nextInt(3_600));
    }

    private String currency() {
        return random.nextInt(4) == 0 ? "JPY" : "EUR";
    }

    private <T> T anyOf(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private static String lead(int number) {
        return SampleEvents.SITE + "_019aa1b000007000800000000000000" + number;
    }
}
