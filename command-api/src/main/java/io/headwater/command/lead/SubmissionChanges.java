package io.headwater.command.lead;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// What an edit changes of a submission, as text by Avro field name.
///
/// @param before a field that was absent is missing; so is one of `after` that is absent now
record SubmissionChanges(Map<String, String> before, Map<String, String> after) {

    /// What a submission is, and how it came; no edit changes that.
    private static final Set<String> FIXED =
            Set.of(
                    "submission_id",
                    "site_id",
                    "receipt_id",
                    "channel",
                    "source_id",
                    "provider",
                    "integration_id",
                    "form_id",
                    "dedup_key",
                    "dedup_kind",
                    "duplicate_window_seconds",
                    "body_hash",
                    "received_at",
                    "released",
                    "imported");

    /// @return the edited one: everything of it but what is fixed
    static Submission merged(Submission known, Submission edited) {
        var merged = Submission.newBuilder(edited).build();
        for (Schema.Field field : merged.getSchema().getFields()) {
            if (FIXED.contains(field.name())) {
                merged.put(field.pos(), known.get(field.pos()));
            }
        }
        // without one the edit is about the fields alone; with one it was fetched again
        if (edited.getPayload() == null) {
            merged.put(merged.getSchema().getField("payload").pos(), known.getPayload());
        }
        return merged;
    }

    static SubmissionChanges between(Submission known, Submission edited) {
        var before = new TreeMap<String, String>();
        var after = new TreeMap<String, String>();
        for (Schema.Field field : known.getSchema().getFields()) {
            String old = text(known.get(field.pos()));
            String now = text(edited.get(field.pos()));
            if (!Objects.equals(old, now)) {
                put(before, field.name(), old);
                put(after, field.name(), now);
            }
        }
        return new SubmissionChanges(before, after);
    }

    boolean isEmpty() {
        return before.isEmpty() && after.isEmpty();
    }

    private static void put(Map<String, String> values, String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Pii pii -> PersonalData.opened(pii);
            default -> value.toString();
        };
    }
}
