package io.headwater.command.lead;

import io.headwater.life.FactNote;
import org.jspecify.annotations.Nullable;

/// What people told, as facts beside those of the providers.
final class LifeNotes {

    private LifeNotes() {}

    /// A start is told by who books or moves; who tells what became of it tells none.
    static FactNote of(LifeEvent.AppointmentChanged event) {
        String kind = FactNote.appointment(event.change());
        boolean toldStart = kind.equals(FactNote.BOOKED) || kind.equals(FactNote.RESCHEDULED);
        return new FactNote(
                event.by().commandId(),
                kind,
                event.ref(),
                event.previousRef(),
                null,
                null,
                toldStart ? event.startsAt() : null,
                event.by().at());
    }

    static FactNote of(LifeEvent.Quoted event) {
        return money(
                event.by(),
                FactNote.QUOTED,
                event.quoteRef(),
                event.amountMinor(),
                event.currency());
    }

    static FactNote of(LifeEvent.Won event) {
        return money(
                event.by(), FactNote.WON, event.reference(), event.amountMinor(), event.currency());
    }

    static FactNote of(LifeEvent.RefundRecorded event) {
        return money(
                event.by(),
                event.reversed() ? FactNote.REFUND_REVERSED : FactNote.REFUNDED,
                event.refundRef(),
                event.amountMinor(),
                event.currency());
    }

    private static FactNote money(
            By by,
            String kind,
            @Nullable String ref,
            @Nullable Long amountMinor,
            @Nullable String currency) {
        return new FactNote(by.commandId(), kind, ref, null, amountMinor, currency, null, by.at());
    }

    static String change(String kind) {
        String change = kind.substring(FactNote.APPOINTMENT.length());
        return change.equals("canceled") ? "cancelled" : change;
    }

    static String crm(@Nullable String name) {
        return name == null ? "" : name;
    }
}
