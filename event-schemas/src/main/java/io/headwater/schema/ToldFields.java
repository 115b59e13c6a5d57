package io.headwater.schema;

import io.headwater.events.Pii;
import io.headwater.events.lead.Submission;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/// A submission with some of its fields told anew, as edits and corrections tell them: text by the
/// name of the field.
public final class ToldFields {

    private ToldFields() {}

    /// Fields that this version does not know are left alone; so are those that must not be absent.
    ///
    /// @param names of all that changed
    /// @param after values; absent ones are absent now
    /// @throws IllegalArgumentException when a value is none of its field
    public static Submission with(Submission known, Set<String> names, Map<String, Pii> after) {
        var changed = Copies.of(known);
        for (String name : names) {
            Schema.Field field = changed.getSchema().getField(name);
            Pii value = after.get(name);
            if (field != null && (value != null || field.schema().isUnion())) {
                changed.put(field.pos(), value == null ? null : value(field, value));
            }
        }
        return changed;
    }

    private static Object value(Schema.Field field, Pii told) {
        Schema type = bare(field.schema());
        if (type.getType() == Schema.Type.RECORD) {
            return told;
        }
        String text = PersonalData.opened(told);
        try {
            return switch (type.getType()) {
                case STRING -> text;
                case BOOLEAN -> Boolean.valueOf(text);
                case INT -> Integer.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case LONG ->
                        type.getLogicalType() == null
                                ? (Object) Long.valueOf(text)
                                : Instant.parse(text);
                default -> throw new IllegalArgumentException(field.name() + " cannot be changed");
            };
        } catch (NumberFormatException | DateTimeException unreadable) {
            throw new IllegalArgumentException(
                    field.name() + " was changed to what it cannot hold", unreadable);
        }
    }

    private static Schema bare(Schema schema) {
        return schema.isUnion() ? schema.getTypes().getLast() : schema;
    }
}
