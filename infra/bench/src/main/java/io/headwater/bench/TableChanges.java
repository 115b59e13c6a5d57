package io.headwater.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/// The rows of one table that each batch of source records changes, as COPY takes them, one batch
/// after the other in a file.
///
/// @param row schema of the rows
/// @param ends where each batch ends in the file
/// @param rows in all batches
record TableChanges(Schema row, Path file, long[] ends, long rows) {

    static String table(Schema row) {
        return String.valueOf(row.getObjectProp("table"));
    }

    String table() {
        return table(row);
    }

    String columns() {
        return columns(row, "");
    }

    static String columns(Schema row, String prefix) {
        return row.getFields().stream()
                .map(field -> prefix + field.name())
                .collect(Collectors.joining(", "));
    }

    /// Adds rows or takes their place.
    String merge(String into, String from) {
        var key = key(row);
        String changes =
                row.getFields().stream()
                        .map(Schema.Field::name)
                        .filter(column -> !key.contains(column))
                        .map(column -> column + " = excluded." + column)
                        .collect(Collectors.joining(", "));
        return "insert into %s (%s) select %s from %s on conflict (%s) do update set %s"
                .formatted(into, columns(), columns(), from, String.join(", ", key), changes);
    }

    /// The key of a row on its view topic, in SQL: table and primary key, times in milliseconds.
    static String keyOf(Schema row) {
        return key(row).stream()
                .map(column -> text(row.getField(column).schema(), column))
                .collect(Collectors.joining(" || '|' || ", "'" + table(row) + "|' || ", ""));
    }

    private static String text(Schema type, String column) {
        return type.getLogicalType() instanceof LogicalTypes.TimestampMillis
                ? "round(extract(epoch from %s) * 1000)::bigint::text".formatted(column)
                : "replace(replace(%s::text, '\\', '\\\\'), '|', '\\|')".formatted(column);
    }

    private static List<String> key(Schema row) {
        return ((List<?>) row.getObjectProp("key")).stream().map(Object::toString).toList();
    }
}
