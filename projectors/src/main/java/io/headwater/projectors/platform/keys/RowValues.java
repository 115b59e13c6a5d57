package io.headwater.projectors.platform.keys;

import io.headwater.events.Pii;
import io.headwater.projectors.platform.RowKey;
import io.headwater.schema.PersonalData;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Rows as JSON has them: values by column, as the sink would write them.
final class RowValues {

    private static final Set<String> POSITION =
            Set.of(RowKey.SOURCE_PARTITION, RowKey.SOURCE_OFFSET);

    private RowValues() {}

    static Map<String, @Nullable Object> of(SpecificRecord row) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (Schema.Field field : row.getSchema().getFields()) {
            values.put(field.name(), value(row.get(field.pos())));
        }
        return values;
    }

    /// @return columns whose values are others than before, without the position
    static List<String> changed(@Nullable SpecificRecord before, SpecificRecord after) {
        var changed = new ArrayList<String>();
        for (Schema.Field field : after.getSchema().getFields()) {
            Object old = before == null ? null : before.get(field.pos());
            if (!POSITION.contains(field.name()) && !Objects.equals(old, after.get(field.pos()))) {
                changed.add(field.name());
            }
        }
        return changed;
    }

    /// @param columns of the row; those with personal data are left out
    static Map<String, @Nullable Object> impersonal(SpecificRecord row, List<String> columns) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (String column : columns) {
            Schema.Field field = row.getSchema().getField(column);
            if (!isPersonal(field.schema())) {
                values.put(column, value(row.get(field.pos())));
            }
        }
        return values;
    }

    private static boolean isPersonal(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream().anyMatch(RowValues::isPersonal)
                : schema.getType() == Schema.Type.RECORD;
    }

    private static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Pii personal -> clean(PersonalData.opened(personal));
            case Instant time -> time.toString();
            case List<?> many -> many.stream().map(one -> clean(one.toString())).toList();
            case Map<?, ?> texts -> {
                var sorted = new TreeMap<String, String>();
                texts.forEach(
                        (name, text) -> sorted.put(clean(name.toString()), clean(text.toString())));
                yield sorted;
            }
            case String text -> clean(text);
            default -> value;
        };
    }

    /// Without NUL, which Postgres does not store.
    private static String clean(String text) {
        return text.replace("\0", "");
    }
}
