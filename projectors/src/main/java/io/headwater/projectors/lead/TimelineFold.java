package io.headwater.projectors.lead;

import io.headwater.events.EventMeta;
import io.headwater.events.lead.CrmActivityRecorded;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadNoted;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.RefundRecorded;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.views.LeadTimelineRow;
import io.headwater.views.ProviderFactRow;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// An event of a lead as a line of its history. Most lines are their event's own fields; a new kind
/// of event needs a name here and nothing else.
final class TimelineFold {

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("LeadCaptured", "captured"),
                    Map.entry("LeadResubmitted", "resubmitted"),
                    Map.entry("SubmissionDuplicated", "duplicate"),
                    Map.entry("LeadScored", "scored"),
                    Map.entry("FactRecorded", "fact"),
                    Map.entry("FactAttributed", "fact"),
                    Map.entry("LeadStageChanged", "stage"),
                    Map.entry("LeadAssigned", "assigned"),
                    Map.entry("LeadContacted", "contacted"),
                    Map.entry("AppointmentChanged", "appointment"),
                    Map.entry("LeadQuoted", "quoted"),
                    Map.entry("LeadWon", "won"),
                    Map.entry("LeadLost", "lost"),
                    Map.entry("LeadReturned", "returned"),
                    Map.entry("RefundRecorded", "refunded"),
                    Map.entry("LeadMerged", "merged"),
                    Map.entry("LeadAbsorbed", "absorbed"),
                    Map.entry("LeadUnmerged", "unmerged"),
                    Map.entry("LeadReleased", "gave_back"),
                    Map.entry("LeadNoted", "noted"),
                    Map.entry("LeadCrmLinked", "crm_linked"),
                    Map.entry("CrmActivityRecorded", "crm_activity"),
                    Map.entry("EraseRequested", "erase_requested"),
                    Map.entry("EraseWithdrawn", "erase_withdrawn"),
                    Map.entry("SubjectErased", "erased"),
                    Map.entry("ConsentWithdrawn", "consent_withdrawn"),
                    Map.entry("LeadCorrected", "corrected"));

    /// Told in columns of their own.
    private static final Set<String> COLUMNS =
            Set.of("meta", "lead_id", "at", "actor", "reason", "submitted_at", "score_version");

    private TimelineFold() {}

    /// @return the lead in whose history the event belongs; null when in none
    static @Nullable String leadOf(SpecificRecord event) {
        return event instanceof SubmissionDuplicated duplicate
                ? duplicate.getLeadId()
                : LeadFold.leadOf(event);
    }

    /// @param fact that the event is about; null when it is about none
    static LeadTimelineRow row(
            SpecificRecord event,
            String leadId,
            String siteId,
            @Nullable ProviderFactRow fact,
            SourcePosition position) {
        EventMeta meta = (EventMeta) event.get(event.getSchema().getField("meta").pos());
        String name = event.getSchema().getName();
        var row =
                LeadTimelineRow.newBuilder()
                        .setEventId(meta.getEventId())
                        .setLeadId(leadId)
                        .setSiteId(siteId)
                        .setKind(KINDS.getOrDefault(name, name))
                        .setAt(field(event, "at") instanceof Instant at ? at : meta.getOccurredAt())
                        .setRecordedAt(meta.getOccurredAt())
                        .setActor(field(event, "actor") instanceof String actor ? actor : null)
                        .setReason(field(event, "reason") instanceof String why ? why : null)
                        .setDetails(details(event))
                        .setSrcPartition(position.partition())
                        .setSrcOffset(position.offset());
        switch (event) {
            case LeadCaptured e -> submitted(row, e.getSubmission());
            case LeadResubmitted e -> submitted(row, e.getSubmission());
            case SubmissionDuplicated e -> submitted(row, e.getSubmission());
            case FactRecorded _, FactAttributed _ -> told(row, fact);
            case LeadNoted e -> row.setNote(e.getMessage());
            case CrmActivityRecorded e -> row.setNote(e.getSummary()).setPayload(e.getPayload());
            case LeadCorrected e ->
                    row.getDetails()
                            .put(
                                    "fields",
                                    String.join(
                                            ",",
                                            SubmissionFold.names(e.getBefore(), e.getAfter())));
            case RefundRecorded e when e.getReversed() -> row.setKind("refund_reversed");
            case LeadScored _ -> row.setActor("system");
            default -> {}
        }
        return row.build();
    }

    private static void submitted(LeadTimelineRow.Builder row, Submission s) {
        row.setNote(s.getMessage()).setAt(s.getReceivedAt());
        if (s.getImported()) {
            row.setActor("import").setAt(s.getSubmittedAt());
        }
        var details = row.getDetails();
        details.put("submission_id", s.getSubmissionId());
        details.put("channel", s.getChannel());
        put(details, "source_id", s.getSourceId());
        put(details, "provider", s.getProvider());
        put(details, "form_id", s.getFormId());
        put(details, "project_name", s.getProjectName());
        if (s.getReleased()) {
            details.put("released", "true");
        }
    }

    private static void told(LeadTimelineRow.Builder row, @Nullable ProviderFactRow fact) {
        if (fact == null) {
            return;
        }
        row.setAt(fact.getOccurredAt()).setActor("provider:" + fact.getSourceId());
        var details = row.getDetails();
        details.put("fact_id", fact.getFactId());
        details.put("fact", fact.getKind());
        details.put("provider", fact.getProvider());
        put(details, "external_ref", fact.getExternalRef());
        put(details, "amount_minor", fact.getAmountMinor());
        put(details, "currency", fact.getCurrency());
        put(details, "starts_at", fact.getStartsAt());
        if (fact.getTest()) {
            details.put("test", "true");
        }
    }

    /// Texts, numbers, times and flags of the event by name; nothing personal and nothing nested.
    private static Map<String, String> details(SpecificRecord event) {
        var details = new HashMap<String, String>();
        for (var field : event.getSchema().getFields()) {
            Object value = event.get(field.pos());
            if (!COLUMNS.contains(field.name())) {
                String text = text(value);
                put(details, field.name(), text);
            }
        }
        return details;
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case Collection<?> texts when texts.stream().allMatch(String.class::isInstance) ->
                    texts.isEmpty()
                            ? null
                            : texts.stream().map(Object::toString).collect(Collectors.joining(","));
            case String text -> text;
            case Number number -> number.toString();
            case Boolean flag -> flag.toString();
            case Instant time -> time.toString();
            case null, default -> null;
        };
    }

    private static void put(Map<String, String> details, String name, @Nullable Object value) {
        if (value != null) {
            details.put(name, value.toString());
        }
    }

    private static @Nullable Object field(SpecificRecord event, String name) {
        var field = event.getSchema().getField(name);
        return field == null ? null : event.get(field.pos());
    }
}
