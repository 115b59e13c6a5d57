package io.headwater.query;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of which a test names the columns that it is about.
record TestRows(JdbcClient jdbc) {

    /// @param columns names and values by turns; they win over the defaults
    static Map<String, @Nullable Object> merge(
            Map<String, Object> defaults, @Nullable Object... columns) {
        var all = new LinkedHashMap<String, @Nullable Object>(defaults);
        for (int i = 0; i < columns.length; i += 2) {
            all.put(String.valueOf(columns[i]), columns[i + 1]);
        }
        return all;
    }

    /// Columns that are not named and must not be null get zero, now or the column's name.
    void insert(String table, Map<String, ? extends @Nullable Object> given) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        String[] name = table.split("\\.");
        jdbc.sql(
                        """
                        select column_name, data_type
                        from information_schema.columns
                        where table_schema = :schema
                          and table_name = :table
                          and is_nullable = 'NO'
                          and column_default is null
                        """)
                .param("schema", name[0])
                .param("table", name[1])
                .query((row, _) ->
                        values.put(row.getString(1), ofType(row.getString(1), row.getString(2))))
                .list();
        given.forEach((column, value) ->
                values.put(
                        column,
                        value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : value));
        var columns = new ArrayList<>(values.keySet());
        jdbc.sql(
                        "insert into %s (%s) values (%s)"
                                .formatted(
                                        table,
                                        String.join(", ", columns),
                                        String.join(", ", columns.stream().map(_ -> "?").toList())))
                .params(columns.stream().map(values::get).toList())
                .update();
    }

    private static Object ofType(String column, String type) {
        return switch (type) {
            case "text" -> column;
            case "boolean" -> false;
            case "timestamp with time zone" -> OffsetDateTime.now(ZoneOffset.UTC);
            default -> 0;
        };
    }
}
