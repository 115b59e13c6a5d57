package io.headwater.projectors.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.Pii;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.views.SubmissionChangeRow;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/// What an edit or a correction changed, a row for each field.
final class SubmissionChanges {

    private SubmissionChanges() {}

    /// @return empty for events that change no field
    static List<SubmissionChangeRow> of(
            SpecificRecord event, String siteId, SourcePosition position) {
        return switch (event) {
            case SubmissionEdited e ->
                    rows(
                            row(e.getMeta(), e.getSubmissionId(), e.getActor(), siteId, position),
                            e.getBefore(),
                            e.getAfter());
            case LeadCorrected e ->
                    rows(
                            row(e.getMeta(), e.getSubmissionId(), e.getActor(), siteId, position)
                                    .setLeadId(e.getLeadId())
                                    .setMappingVersion(e.getMappingVersion())
                                    .setPlanId(e.getPlanId()),
                            e.getBefore(),
                            e.getAfter());
            default -> List.of();
        };
    }

    private static SubmissionChangeRow.Builder row(
            EventMeta meta,
            String submissionId,
            String actor,
            String siteId,
            SourcePosition position) {
        return SubmissionChangeRow.newBuilder()
                .setEventId(meta.getEventId())
                .setSiteId(siteId)
                .setSubmissionId(submissionId)
                .setActor(actor)
                .setChangedAt(meta.getOccurredAt())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset());
    }

    private static List<SubmissionChangeRow> rows(
            SubmissionChangeRow.Builder row, Map<String, Pii> before, Map<String, Pii> after) {
        return SubmissionFold.names(before, after).stream()
                .map(name ->
                        row.setField(name)
                                .setBeforeValue(before.get(name))
                                .setAfterValue(after.get(name))
                                .build())
                .toList();
    }
}
