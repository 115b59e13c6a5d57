package io.headwater.command.intake;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

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
        var view = new LinkedHashMap<String, Object>();
        for (Schema.Field field : submission.getSchema().getFields()) {
            Object value = submission.get(field.pos());
            if (value != null && !HIDDEN.contains(field.name())) {
                view.put(
                        field.name(),
                        switch (value) {
                            case Pii pii -> PersonalData.opened(pii);
                            case Number number -> number;
                            case Boolean flag -> flag;
                            default -> value.toString();
                        });
            }
        }
        return view;
    }
}
