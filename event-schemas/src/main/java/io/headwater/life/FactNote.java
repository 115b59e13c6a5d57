package io.headwater.life;

import io.headwater.events.lead.FactDigest;
import io.headwater.events.lead.ProviderFact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a fact, of a provider or by hand, decides about the life of its lead.
///
/// @param id unique within the site; by hand the id of the command
/// @param kind one of the constants, or a kind that decides nothing
/// @param ref what it is about: a booking, a payment, a quote, a refund
/// @param previousRef the booking that this one replaces
/// @param amountMinor within ±[#MOST_MINOR]
/// @param at when it happened, to the millisecond; never after it was received
public record FactNote(
        String id,
        String kind,
        @Nullable String ref,
        @Nullable String previousRef,
        @Nullable Long amountMinor,
        @Nullable String currency,
        @Nullable Instant startsAt,
        Instant at) {

    public static final String APPOINTMENT = "appointment_";
    public static final String BOOKED = "appointment_booked";
    public static final String RESCHEDULED = "appointment_rescheduled";
    public static final String SHOWN = "appointment_shown";
    public static final String PAYMENT = "payment_succeeded";
    public static final String QUOTED = "quoted";
    public static final String WON = "won";
    public static final String REFUNDED = "refunded";
    public static final String REFUND_REVERSED = "refund_reversed";

    /// Of a test event, whatever it tells: it decides nothing.
    public static final String TEST = "test";

    public static final String ERASE = "erase_requested";

    /// No sum of as many notes as a lead keeps leaves a `long`.
    public static final long MOST_MINOR = 1_000_000_000_000_000L;

    private static final Set<String> MONEY =
            Set.of(
                    PAYMENT,
                    "payment_refunded",
                    "refund_failed",
                    "refund_total",
                    "dispute_opened",
                    "dispute_won",
                    "dispute_lost",
                    QUOTED,
                    WON,
                    REFUNDED,
                    REFUND_REVERSED);

    /// Of equal times the id decides, so that there is one order.
    public static final Comparator<FactNote> BY_TIME =
            Comparator.comparing(FactNote::at).thenComparing(FactNote::id);

    public static FactNote of(ProviderFact fact) {
        var received = fact.getReceivedAt();
        var told = fact.getOccurredAt();
        return new FactNote(
                fact.getFactId(),
                fact.getTest() ? TEST : fact.getKind(),
                fact.getExternalRef(),
                fact.getPreviousRef(),
                clamped(fact.getAmountMinor()),
                fact.getCurrency(),
                millis(fact.getStartsAt()),
                (told.isAfter(received) ? received : told).truncatedTo(ChronoUnit.MILLIS));
    }

    public static FactNote of(FactDigest digest) {
        return new FactNote(
                digest.getFactId(),
                digest.getKind(),
                digest.getRef(),
                digest.getPreviousRef(),
                digest.getAmountMinor(),
                digest.getCurrency(),
                digest.getStartsAt(),
                digest.getAt());
    }

    public FactDigest digest() {
        return FactDigest.newBuilder()
                .setFactId(id)
                .setKind(kind)
                .setRef(ref)
                .setPreviousRef(previousRef)
                .setAmountMinor(amountMinor)
                .setCurrency(currency)
                .setStartsAt(startsAt)
                .setAt(at)
                .build();
    }

    /// What it is about; a fact that names nothing is about itself.
    public String subject() {
        return ref == null ? id : ref;
    }

    /// Changes of appointments say `cancelled`, providers' facts `appointment_canceled`.
    public static String appointment(String change) {
        return APPOINTMENT + (change.equals("cancelled") ? "canceled" : change);
    }

    /// Whether it is kept: of an unsubscription the lead keeps nothing.
    public boolean decides() {
        return isAppointment() || MONEY.contains(kind);
    }

    public boolean isAppointment() {
        return kind.startsWith(APPOINTMENT);
    }

    private static @Nullable Long clamped(@Nullable Long amount) {
        return amount == null ? null : Math.clamp(amount, -MOST_MINOR, MOST_MINOR);
    }

    private static @Nullable Instant millis(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }
}
