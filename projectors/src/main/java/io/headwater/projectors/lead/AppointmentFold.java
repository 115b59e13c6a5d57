package io.headwater.projectors.lead;

import io.headwater.life.Appointment;
import io.headwater.life.FactNote;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.schema.Copies;
import io.headwater.state.LeadNoteState;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Appointments by the decider's rules, one row for each chain of reschedules, and the one of them
/// that counts for the lead. Chains may run through merged leads: whatever the facts come to
/// together is the lead's, and ends when one of them is given back.
final class AppointmentFold {

    static final String CANCELLED = "cancelled";

    /// The latest start that is not cancelled; one without a start is as late as its newest change.
    private static final Comparator<LeadAppointmentRow> COUNTS =
            Comparator.comparing((LeadAppointmentRow one) -> !one.getStatus().equals(CANCELLED))
                    .thenComparing(one ->
                            one.getStartsAt() == null ? one.getChangedAt() : one.getStartsAt())
                    .thenComparing(LeadAppointmentRow::getAppointmentRef);

    private static final Comparator<LeadNoteState> BY_TIME =
            Comparator.comparing(LeadNotes::fact, FactNote.BY_TIME);

    private AppointmentFold() {}

    /// @param told of the lead and of those merged into it
    /// @param before rows of the lead as they were
    /// @return all rows of the lead as they are
    static List<LeadAppointmentRow> rows(
            LeadRow lead,
            List<LeadNoteState> told,
            Collection<LeadAppointmentRow> before,
            SourcePosition position) {
        var chains = Appointment.of(told.stream().map(LeadNotes::fact).toList());
        var rows = new ArrayList<LeadAppointmentRow>();
        for (Appointment chain : chains) {
            rows.add(row(lead, chain, told, position));
        }
        for (LeadAppointmentRow old : before) {
            String ref = old.getAppointmentRef();
            if (chains.stream().noneMatch(chain -> chain.ref().equals(ref))) {
                rows.add(ended(old, chains, position));
            }
        }
        return rows;
    }

    private static LeadAppointmentRow row(
            LeadRow lead, Appointment chain, List<LeadNoteState> told, SourcePosition position) {
        var notes =
                told.stream()
                        .filter(note -> isOf(LeadNotes.fact(note), chain))
                        .sorted(BY_TIME)
                        .toList();
        LeadNoteState newest = notes.getLast();
        return LeadAppointmentRow.newBuilder()
                .setLeadId(lead.getLeadId())
                .setAppointmentRef(chain.ref())
                .setSiteId(lead.getSiteId())
                .setCurrentRef(chain.currentRef())
                .setStatus(chain.status())
                .setStartsAt(chain.startsAt())
                .setReschedules(moves(notes))
                .setFirstToldAt(notes.getFirst().getFact().getAt())
                .setChangedAt(newest.getFact().getAt())
                .setReason(newest.getReason())
                .setFactId(newest.getToldBy())
                .setActor(newest.getActor())
                .setShownAt(shownAt(chain, notes))
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    private static boolean isOf(FactNote note, Appointment chain) {
        return note.isAppointment() && chain.refs().contains(note.subject());
    }

    /// Each booking that took the place of another once, and moves that kept the booking.
    private static int moves(List<LeadNoteState> notes) {
        var facts = notes.stream().map(LeadNotes::fact).toList();
        long replaced =
                facts.stream()
                        .filter(AppointmentFold::replaces)
                        .map(note -> List.of(note.subject(), String.valueOf(note.previousRef())))
                        .distinct()
                        .count();
        long kept =
                facts.stream()
                        .filter(note -> note.kind().equals(FactNote.RESCHEDULED) && !replaces(note))
                        .count();
        return (int) (replaced + kept);
    }

    private static boolean replaces(FactNote note) {
        return note.previousRef() != null && !note.previousRef().equals(note.subject());
    }

    private static @Nullable Instant shownAt(Appointment chain, List<LeadNoteState> notes) {
        if (!FactNote.SHOWN.equals(FactNote.appointment(chain.status()))) {
            return null;
        }
        return notes.stream()
                .map(LeadNotes::fact)
                .filter(note -> note.kind().equals(FactNote.SHOWN))
                .filter(note -> note.subject().equals(chain.currentRef()))
                .map(FactNote::at)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /// One that is part of another chain now, or went back with its lead.
    private static LeadAppointmentRow ended(
            LeadAppointmentRow row, List<Appointment> chains, SourcePosition position) {
        String now =
                chains.stream()
                        .filter(chain -> chain.refs().contains(row.getAppointmentRef()))
                        .map(Appointment::ref)
                        .findFirst()
                        .orElse(null);
        return Copies.builder(row, LeadAppointmentRow.newBuilder())
                .setCounts(false)
                .setPartOf(now)
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    /// @return whether they tell the same
    static boolean same(@Nullable LeadAppointmentRow before, LeadAppointmentRow now) {
        return before != null
                && Copies.builder(before, LeadAppointmentRow.newBuilder())
                        .setSrcPartition(now.getSrcPartition())
                        .setSrcOffset(now.getSrcOffset())
                        .build()
                        .equals(now);
    }

    /// @param rows all of the lead
    static LeadRow summed(LeadRow lead, Collection<LeadAppointmentRow> rows) {
        var own = rows.stream().filter(LeadAppointmentRow::getCounts).toList();
        var counts = own.stream().max(COUNTS);
        return Copies.builder(lead, LeadRow.newBuilder())
                .setAppointments(own.size())
                .setAppointmentRef(counts.map(LeadAppointmentRow::getAppointmentRef).orElse(null))
                .setAppointmentStatus(counts.map(LeadAppointmentRow::getStatus).orElse(null))
                .setAppointmentStartsAt(counts.map(LeadAppointmentRow::getStartsAt).orElse(null))
                .setShownAt(
                        own.stream()
                                .map(LeadAppointmentRow::getShownAt)
                                .filter(Objects::nonNull)
                                .max(Comparator.naturalOrder())
                                .orElse(null))
                .build();
    }
}
