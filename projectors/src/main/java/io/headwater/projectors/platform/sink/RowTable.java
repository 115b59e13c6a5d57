package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.RowKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.postgresql.PGConnection;

/// One table of a generation, as its Avro schema describes it: how rows are copied into a temporary
/// table and merged from there.
final class RowTable {

    private final String name;
    private final List<Column> columns;
    private final String createStage;
    private final String copy;
    private final String merge;
    private final String delete;
    private final String exists;

    RowTable(String schemaName, Schema row) {
        name = RowKey.table(row);
        columns = row.getFields().stream().map(Column::new).toList();
        List<String> key = RowKey.columns(row);
        String table = quoted(schemaName) + "." + quoted(name);
        String stage = quoted("stage_" + name);
        String all = columns.stream().map(c -> quoted(c.name())).collect(Collectors.joining(", "));
        createStage =
                "create temporary table if not exists %s (%s) on commit delete rows"
                        .formatted(
                                stage,
                                columns.stream()
                                        .map(c -> quoted(c.name()) + " " + c.sqlType())
                                        .collect(Collectors.joining(", ")));
        copy = "copy %s (%s) from stdin (format binary)".formatted(stage, all);
        String changes =
                columns.stream()
                        .map(c -> quoted(c.name()))
                        .filter(c -> !key.stream().map(RowTable::quoted).toList().contains(c))
                        .map(c -> c + " = excluded." + c)
                        .collect(Collectors.joining(", "));
        merge =
                "insert into %s (%s) select %s from %s on conflict (%s) do update set %s"
                        .formatted(
                                table,
                                all,
                                all,
                                stage,
                                key.stream()
                                        .map(RowTable::quoted)
                                        .collect(Collectors.joining(", ")),
                                changes);
        String byKey =
                key.stream()
                        .map(this::column)
                        .map(c -> quoted(c.name()) + " = " + c.fromKey())
                        .collect(Collectors.joining(" and "));
        delete = "delete from %s where %s".formatted(table, byKey);
        exists = "select exists (select from %s where %s)".formatted(table, byKey);
    }

    String name() {
        return name;
    }

    /// Once per connection.
    void prepare(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(createStage);
        }
    }

    /// Appends one row.
    void write(CopyBuffer out, SpecificRecord row) {
        out.tuple(columns.size());
        for (Column column : columns) {
            column.write(out, row);
        }
    }

    /// Rows in the buffer take the place of rows with the same key.
    ///
    /// @param rows complete COPY data, at most one row per key
    void merge(Connection connection, CopyBuffer rows) throws SQLException {
        var copying = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy);
        try {
            copying.writeToCopy(rows.bytes(), 0, rows.size());
            copying.endCopy();
        } finally {
            if (copying.isActive()) {
                copying.cancelCopy();
            }
        }
        try (var statement = connection.prepareStatement(merge)) {
            statement.executeUpdate();
        }
    }

    /// What was staged, when the same transaction stages again.
    void clearStage(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("truncate " + quoted("stage_" + name));
        }
    }

    void delete(Connection connection, List<String> keys) throws SQLException {
        try (var statement = connection.prepareStatement(delete)) {
            for (String key : keys) {
                setKey(statement, key);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    boolean has(Connection connection, String key) throws SQLException {
        try (var statement = connection.prepareStatement(exists)) {
            setKey(statement, key);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static void setKey(PreparedStatement statement, String key) throws SQLException {
        int parameter = 1;
        for (String value : RowKey.valuesOf(key)) {
            statement.setString(parameter++, value);
        }
    }

    private Column column(String named) {
        return columns.stream().filter(c -> c.name().equals(named)).findFirst().orElseThrow();
    }

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
