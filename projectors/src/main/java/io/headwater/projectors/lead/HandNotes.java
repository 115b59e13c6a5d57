package io.headwater.projectors.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.AppointmentChanged;
import io.headwater.events.lead.LeadQuoted;
import io.headwater.events.lead.LeadWon;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.life.FactNote;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What people told, as facts beside those of the providers: the same as in the decider.
final class HandNotes {

    /// Who tells what became of an appointment tells no start.
    private static final Set<String> TELL_START = Set.of("booked", "rescheduled");

    private HandNotes() {}

    static FactNote of(AppointmentChanged event) {
        return new FactNote(
                event.getMeta().getCommandId(),
                FactNote.appointment(event.getChange()),
                event.getRef() == null ? event.getCurrentRef() : event.getRef(),
                event.getPreviousRef(),
                null,
                null,
                TELL_START.contains(event.getChange()) ? event.getStartsAt() : null,
                event.getAt());
    }

    static FactNote of(LeadQuoted event) {
        return money(
                event.getMeta(),
                FactNote.QUOTED,
                event.getQuoteRef(),
                event.getAmountMinor(),
                event.getCurrency(),
                event.getAt());
    }

    static FactNote of(LeadWon event) {
        return money(
                event.getMeta(),
                FactNote.WON,
                event.getReference(),
                event.getAmountMinor(),
                event.getCurrency(),
                event.getAt());
    }

    static FactNote of(RefundRecorded event) {
        return money(
                event.getMeta(),
                event.getReversed() ? FactNote.REFUND_REVERSED : FactNote.REFUNDED,
                event.getRefundRef(),
                event.getAmountMinor(),
                event.getCurrency(),
                event.getAt());
    }

    private static FactNote money(
            EventMeta meta,
            String kind,
            @Nullable String ref,
            @Nullable Long amountMinor,
            @Nullable String currency,
            Instant at) {
        return new FactNote(meta.getCommandId(), kind, ref, null, amountMinor, currency, null, at);
    }
}
