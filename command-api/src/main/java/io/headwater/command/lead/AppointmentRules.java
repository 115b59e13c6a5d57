package io.headwater.command.lead;

import io.headwater.command.lead.life.LifeProblem;
import io.headwater.command.platform.Refused;
import io.headwater.life.Appointment;
import io.headwater.life.FactNote;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a person may do with the appointments of a lead, their own and those that providers told.
///
///     change              from                          to
///     booked              (none)                        booked
///     rescheduled         requested, booked, no_show    booked
///     cancelled, shown,   requested, booked             the same
///     no_show
///     no_show_withdrawn   no_show                       booked
final class AppointmentRules {

    private static final Set<String> PLANS = Set.of("booked", "rescheduled");

    private AppointmentRules() {}

    static List<LifeEvent> change(LifeCase lead, LeadAction.Appoint wanted) {
        if (PLANS.contains(wanted.change()) && lead.life().closed()) {
            throw LifeProblem.LEAD_CLOSED.because(
                    "The lead is in stage %s; reopen it first.".formatted(lead.life().stage()));
        }
        var note = note(lead, wanted);
        var next = lead.life().noticed(note);
        var changed = lead.appointment(note, wanted.change(), null, wanted.reason(), next);
        String expected = after(wanted.change());
        if (changed.isEmpty() || !changed.get().status().equals(expected)) {
            throw illegal(
                    "Something later is known of the appointment: it would not be %s."
                            .formatted(expected));
        }
        return lead.settled("appointment", changed.get());
    }

    private static FactNote note(LifeCase lead, LeadAction.Appoint wanted) {
        String ref = wanted.ref();
        if (wanted.change().equals("booked")) {
            requireNew(lead, ref);
            return note(lead, wanted, ref, null);
        }
        requirePossible(current(lead, ref), wanted.change());
        String newRef = wanted.newRef();
        if (wanted.change().equals("rescheduled") && newRef != null && !newRef.equals(ref)) {
            requireNew(lead, newRef);
            return note(lead, wanted, newRef, ref);
        }
        return note(lead, wanted, ref, null);
    }

    private static FactNote note(
            LifeCase lead, LeadAction.Appoint wanted, String ref, @Nullable String previousRef) {
        return new FactNote(
                lead.by().commandId(),
                FactNote.appointment(wanted.change()),
                ref,
                previousRef,
                null,
                null,
                wanted.startsAt(),
                lead.by().at());
    }

    private static void requireNew(LifeCase lead, String ref) {
        if (Appointment.of(lead.life().facts().notes(), ref).isPresent()) {
            throw LifeProblem.APPOINTMENT_EXISTS.because(
                    "The lead has an appointment of this reference already.");
        }
    }

    private static Appointment current(LifeCase lead, String ref) {
        var known =
                Appointment.of(lead.life().facts().notes(), ref)
                        .orElseThrow(() ->
                                LifeProblem.APPOINTMENT_UNKNOWN.because(
                                        "The lead has no appointment of this reference."));
        if (!known.currentRef().equals(ref)) {
            throw LifeProblem.APPOINTMENT_REPLACED.because(
                    "The booking was replaced by %s.".formatted(known.currentRef()));
        }
        return known;
    }

    private static void requirePossible(Appointment known, String change) {
        boolean missed = known.status().equals("no_show");
        boolean possible =
                switch (change) {
                    case "rescheduled" -> known.isOpen() || missed;
                    case "no_show_withdrawn" -> missed;
                    default -> known.isOpen();
                };
        if (!possible) {
            throw illegal(
                    "The appointment is %s: %s is not possible.".formatted(known.status(), change));
        }
    }

    private static String after(String change) {
        return switch (change) {
            case "booked", "rescheduled", "no_show_withdrawn" -> "booked";
            default -> change;
        };
    }

    private static Refused illegal(String detail) {
        return LifeProblem.ILLEGAL_APPOINTMENT_CHANGE.because(detail);
    }
}
