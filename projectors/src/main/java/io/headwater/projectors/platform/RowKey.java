package io.headwater.projectors.platform;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// The key of a row on a view topic: its table and primary key as text, `table|column|column`.
///
/// Times are in milliseconds; `|` and `\` inside a value are escaped by `\`. Text without NUL,
/// which Postgres cannot store: two keys that differ only in it are one row.
public final class RowKey {

    private static final char SEPARATOR = '|';
    private static final char ESCAPE = '\\';
    public static final String SOURCE_PARTITION = "src_partition";
    public static final String SOURCE_OFFSET = "src_offset";

    /// What the schema of a class of rows names: asked for with every row.
    private static final ClassValue<Named> NAMED =
            new ClassValue<>() {
                @Override
                protected Named computeValue(Class<?> type) {
                    Schema schema = SpecificData.get().getSchema(type);
                    return new Named(
                            table(schema),
                            columns(schema).stream()
                                    .mapToInt(column -> schema.getField(column).pos())
                                    .toArray());
                }
            };

    /// @param positions of the fields of the key
    private record Named(String table, int[] positions) {}

    private RowKey() {}

    public static String of(String table, Object... values) {
        var key = new StringBuilder(64).append(table);
        for (Object value : values) {
            key.append(SEPARATOR);
            append(key, value instanceof Instant time ? time.toEpochMilli() : value);
        }
        return key.toString();
    }

    /// @return the key of this row, from the table and the key that its schema names
    public static String of(SpecificRecord row) {
        var named = NAMED.get(row.getClass());
        var values = new Object[named.positions().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(named.positions()[i]);
        }
        return of(named.table(), values);
    }

    /// @return the table that a key belongs to
    public static String tableOf(String key) {
        int end = key.indexOf(SEPARATOR);
        return end < 0 ? key : key.substring(0, end);
    }

    /// @return the values of a key, as text
    public static List<String> valuesOf(String key) {
        var values = new ArrayList<String>();
        var value = new StringBuilder();
        for (int i = tableOf(key).length() + 1; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c == SEPARATOR) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c == ESCAPE && i + 1 < key.length() ? key.charAt(++i) : c);
            }
        }
        values.add(value.toString());
        return values;
    }

    /// @throws IllegalArgumentException when the schema names no table
    public static String table(Schema schema) {
        if (schema.getObjectProp("table") instanceof String table) {
            return table;
        }
        throw new IllegalArgumentException(schema.getFullName() + " names no table");
    }

    /// @throws IllegalArgumentException when the schema names no key
    public static List<String> columns(Schema schema) {
        if (schema.getObjectProp("key") instanceof List<?> columns && !columns.isEmpty()) {
            return columns.stream().map(Object::toString).toList();
        }
        throw new IllegalArgumentException(schema.getFullName() + " names no key");
    }

    static int sourcePartition(SpecificRecord row) {
        return (int) row.get(row.getSchema().getField(SOURCE_PARTITION).pos());
    }

    private static void append(StringBuilder key, Object value) {
        String text = value.toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == SEPARATOR || c == ESCAPE) {
                key.append(ESCAPE);
            }
            if (c != 0) {
                key.append(c);
            }
        }
    }
}
