package io.headwater.command.intake.replay;

import io.headwater.events.lead.Submission;
import java.util.Locale;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/// Values in examples: enough to see whether the right thing was read, not enough to know whose.
final class Masked {

    private Masked() {}

    static @Nullable String of(String field, @Nullable String value) {
        if (value == null || !personal(field)) {
            return value;
        }
        int at = value.lastIndexOf('@');
        return field.equals("email") && at > 0
                ? first(value) + "***@" + first(value.substring(at + 1)) + "***"
                : first(value) + "***";
    }

    private static String first(String text) {
        return text.isEmpty()
                ? ""
                : text.substring(0, text.offsetByCodePoints(0, 1)).toLowerCase(Locale.ROOT);
    }

    private static boolean personal(String field) {
        Schema schema = Submission.getClassSchema().getField(field).schema();
        return schema.isUnion()
                && schema.getTypes().stream().anyMatch(type -> type.getName().equals("Pii"));
    }
}
