package io.headwater.projectors.lead;

import io.headwater.events.lead.AppointmentChanged;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.views.LeadAppointmentRow;
import io.headwater.views.LeadRow;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appointments as the decider judged them, one row for each chain of reschedules, and the one of
/// them that counts for the lead.
final class AppointmentFold {

    static final String CANCELLED = "cancelled";
    static final String SHOWN = "shown";

    /// The latest start that is not cancelled; one without a start is as late as its newest change.
    private static final Comparator<LeadAppointmentRow> COUNTS =
            Comparator.comparing((LeadAppointmentRow one) -> !one.getStatus().equals(CANCELLED))
                    .thenComparing(one ->
                            one.getStartsAt() == null ? one.getChangedAt() : one.getStartsAt())
                    .thenComparing(LeadAppointmentRow::getAppointmentRef);

    private AppointmentFold() {}

    static LeadAppointmentRow fold(
            @Nullable LeadAppointmentRow previous,
            AppointmentChanged event,
            String siteId,
            SourcePosition position) {
        int moves = event.getChange().equals("rescheduled") ? 1 : 0;
        return LeadAppointmentRow.newBuilder()
                .setLeadId(event.getLeadId())
                .setAppointmentRef(event.getAppointmentRef())
                .setSiteId(siteId)
                .setCurrentRef(event.getCurrentRef())
                .setStatus(event.getStatus())
                .setStartsAt(event.getStartsAt())
                .setReschedules(previous == null ? moves : previous.getReschedules() + moves)
                .setFirstToldAt(previous == null ? event.getAt() : previous.getFirstToldAt())
                .setChangedAt(event.getAt())
                .setReason(event.getReason())
                .setFactId(event.getFactId())
                .setActor(event.getActor())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    /// A row that turned out to be part of another chain.
    static LeadAppointmentRow replaced(LeadAppointmentRow row, String by, SourcePosition position) {
        return LeadAppointmentRow.newBuilder(row)
                .setPartOf(by)
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }

    /// @param rows of the lead and of those merged into it
    static LeadRow summed(LeadRow lead, Collection<LeadAppointmentRow> rows) {
        List<LeadAppointmentRow> own =
                rows.stream().filter(row -> row.getPartOf() == null).toList();
        var counts = own.stream().max(COUNTS);
        Instant shown =
                own.stream()
                        .filter(row -> row.getStatus().equals(SHOWN))
                        .map(LeadAppointmentRow::getChangedAt)
                        .max(Comparator.naturalOrder())
                        .orElse(null);
        return LeadRow.newBuilder(lead)
                .setAppointments(
                        (int)
                                own.stream()
                                        .map(LeadAppointmentRow::getAppointmentRef)
                                        .distinct()
                                        .count())
                .setAppointmentRef(counts.map(LeadAppointmentRow::getAppointmentRef).orElse(null))
                .setAppointmentStatus(counts.map(LeadAppointmentRow::getStatus).orElse(null))
                .setAppointmentStartsAt(counts.map(LeadAppointmentRow::getStartsAt).orElse(null))
                .setShownAt(shown)
                .build();
    }
}
