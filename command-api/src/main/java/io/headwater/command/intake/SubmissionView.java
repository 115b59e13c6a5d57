package io.headwater.command.intake;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/// What a submission says, for administrators: its fields that hold something, by their names in
/// events.
public final class SubmissionView {

    /// How it came and what recognises it; the payload is shown with the submission elsewhere.
    private static final Set<String> HIDDEN =
            Set.of(
                    "submission_id",
                    "receipt_id",
                    "dedup_key",
                    "dedup_kind",
                    "duplicate_window_seconds",
                    "person_window_seconds",
                    "body_hash",
                    "released",
                    "payload");

    private SubmissionView() {}

    public static Map<String, Object> of(Submission submission) {
        return shown(submission);
    }

    private static Map<String, Object> shown(SpecificRecord record) {
        var view = new LinkedHashMap<String, Object>();
        for (Schema.Field field : record.getSchema().getFields()) {
            Object value = record.get(field.pos());
            boolean none = value == null || value instanceof List<?> list && list.isEmpty();
            if (!none && !HIDDEN.contains(field.name())) {
                view.put(field.name(), shown(Objects.requireNonNull(value)));
            }
        }
        return view;
    }

    private static Object shown(Object value) {
        return switch (value) {
            case Pii pii -> PersonalData.opened(pii);
            case SpecificRecord record -> shown(record);
            case List<?> list -> list.stream().map(one -> shown((Object) one)).toList();
            case Number number -> number;
            case Boolean flag -> flag;
            default -> value.toString();
        };
    }
}
