package io.headwater.projectors.platform.sink;

import static java.util.stream.Collectors.joining;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.fold.KeyedProjection.Scope;
import io.headwater.projectors.platform.sink.KeyTables.Difference;
import io.headwater.projectors.platform.sink.KeyTables.Kind;
import io.headwater.vault.PersonalKeys;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/// One table of a key: rows are staged by the sink's own columns and compared by Postgres, so what
/// is equal here is equal there.
final class KeyTable {

    private final String name;
    private final List<Column> columns;
    private final PersonalKeys personal;
    private final List<String> key;
    private final String table;
    private final String stage;
    private final CopyBuffer buffer = new CopyBuffer();
    private @Nullable List<SpecificRecord> staged;

    KeyTable(String schemaName, Schema row, PersonalKeys personal) {
        name = RowKey.table(row);
        columns = row.getFields().stream().map(Column::new).toList();
        this.personal = personal;
        key = RowKey.columns(row);
        table = quoted(schemaName) + "." + quoted(name);
        stage = quoted("key_" + name);
    }

    String name() {
        return name;
    }

    /// The temporary table of rows as they should be, quoted.
    String stage() {
        return stage;
    }

    /// Once per connection.
    void prepare(Connection connection) throws SQLException {
        String types =
                columns.stream()
                        .map(c -> quoted(c.name()) + " " + c.sqlType())
                        .collect(joining(", "));
        try (var statement = connection.createStatement()) {
            statement.execute(
                    // Without "on commit delete rows": that takes time while the sink waits.
                    "create temporary table " + stage + " (" + types + ")");
        }
    }

    /// What was staged may have been given up.
    void forget() {
        staged = null;
    }

    /// These rows and no others; does nothing when it is so.
    void stage(Connection connection, List<SpecificRecord> rows) throws SQLException {
        if (rows.equals(staged)) {
            return;
        }
        staged = null;
        copy(connection, rows);
        staged = List.copyOf(rows);
    }

    private void copy(Connection connection, List<SpecificRecord> rows) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("delete from " + stage);
        }
        if (rows.isEmpty()) {
            return;
        }
        buffer.begin();
        for (var row : personal.opened(rows, "")) {
            buffer.tuple(columns.size());
            columns.forEach(column -> column.write(buffer, row));
        }
        buffer.end();
        var copying =
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + stage + " (" + all("") + ") from stdin (format binary)");
        try {
            copying.writeToCopy(buffer.bytes(), 0, buffer.size());
            copying.endCopy();
        } finally {
            if (copying.isActive()) {
                copying.cancelCopy();
            }
        }
    }

    Set<String> hints(Connection connection, Scope scope, Map<String, String> prefixes)
            throws SQLException {
        var found = new HashSet<String>();
        var hinting = columns.stream().filter(c -> prefixes.containsKey(c.name())).toList();
        if (hinting.isEmpty() || scope.values().isEmpty()) {
            return found;
        }
        String sql =
                "select %s from %s where %s = any (?)"
                        .formatted(
                                hinting.stream().map(c -> quoted(c.name())).collect(joining(", ")),
                                table,
                                quoted(scope.column()));
        try (var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", scope.values().toArray()));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    for (int i = 0; i < hinting.size(); i++) {
                        String value = rows.getString(i + 1);
                        if (value != null) {
                            found.add(prefixes.get(hinting.get(i).name()) + value);
                        }
                    }
                }
            }
        }
        return found;
    }

    /// Between what is staged and the table: rows with the same keys, and those in the scope.
    List<Difference> differences(Connection connection, Scope scope) throws SQLException {
        String sql =
                """
                with t as (
                    select %2$s from %1$s as r where r.%3$s = any (?)
                    union
                    select %2$s from %1$s as r join %4$s as k on %5$s
                )
                select %6$s,
                       case when t.%7$s is null then 'MISSING'
                            when s.%7$s is null then 'SURPLUS'
                            else 'CHANGED' end,
                       array_remove(array[%8$s]::text[], null)
                from %4$s as s
                full join t on %9$s
                where s.%7$s is null or t.%7$s is null or row(%10$s) is distinct from row(%11$s)
                order by %6$s\
                """
                        .formatted(
                                table,
                                all("r."),
                                quoted(scope.column()),
                                stage,
                                sameKey("k", "r"),
                                keys(k -> "coalesce(s." + k + ", t." + k + ")", ", "),
                                quoted(key.getFirst()),
                                columns.stream()
                                        .map(c -> differing(c, "s", "t"))
                                        .collect(joining(", ")),
                                sameKey("s", "t"),
                                all("s."),
                                all("t."));
        try (var select = connection.prepareStatement(sql)) {
            select.setArray(1, connection.createArrayOf("text", scope.values().toArray()));
            var differences = new ArrayList<Difference>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    Kind kind = Kind.valueOf(rows.getString(key.size() + 1));
                    String[] names = (String[]) rows.getArray(key.size() + 2).getArray();
                    differences.add(
                            new Difference(
                                    name,
                                    keyOf(rows),
                                    kind,
                                    kind == Kind.CHANGED ? Arrays.asList(names) : List.of()));
                }
            }
            return differences;
        }
    }

    /// What is staged takes the place of rows with the same keys, when they are others.
    ///
    /// @return keys of the rows that were written
    Set<String> merge(Connection connection) throws SQLException {
        String changes =
                columns.stream()
                        .map(Column::name)
                        .filter(column -> !key.contains(column))
                        .map(column -> quoted(column) + " = excluded." + quoted(column))
                        .collect(joining(", "));
        String sql =
                """
                insert into %1$s as t (%2$s)
                select %2$s from %3$s
                on conflict (%4$s) do update set %5$s
                where row(%6$s) is distinct from row(%7$s)
                returning %8$s\
                """
                        .formatted(
                                table,
                                all(""),
                                stage,
                                keys(k -> k, ", "),
                                changes,
                                all("t."),
                                all("excluded."),
                                keys(k -> "t." + k, ", "));
        var written = new HashSet<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                written.add(keyOf(rows));
            }
        }
        return written;
    }

    /// @return whether there was one
    boolean delete(Connection connection, String rowKey) throws SQLException {
        String sql = "delete from " + table + " where " + keys(k -> k + " = ?", " and ");
        try (var statement = connection.prepareStatement(sql)) {
            int parameter = 1;
            for (String value : RowKey.valuesOf(rowKey)) {
                statement.setString(parameter++, value);
            }
            return statement.executeUpdate() > 0;
        }
    }

    /// The first columns are those of the key.
    private String keyOf(ResultSet row) throws SQLException {
        Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.getString(i + 1);
        }
        return RowKey.of(name, values);
    }

    private String all(String prefix) {
        return columns.stream().map(c -> prefix + quoted(c.name())).collect(joining(", "));
    }

    private String keys(Function<String, String> each, String separator) {
        return key.stream().map(KeyTable::quoted).map(each).collect(joining(separator));
    }

    private String sameKey(String a, String b) {
        return keys(k -> a + "." + k + " = " + b + "." + k, " and ");
    }

    private static String differing(Column column, String a, String b) {
        String quoted = quoted(column.name());
        return "case when %s.%s is distinct from %s.%s then '%s' end"
                .formatted(a, quoted, b, quoted, column.name());
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
