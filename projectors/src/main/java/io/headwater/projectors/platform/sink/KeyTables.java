package io.headwater.projectors.platform.sink;

import static java.util.stream.Collectors.joining;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.fold.KeyedProjection.Scope;
import io.headwater.vault.PersonalKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/// The rows of one key in the tables of one generation: compared with what they should be, and put
/// right. One transaction, which holds or sees the guard of a view partition: nothing the sink
/// writes comes in between.
///
/// source: docs/decisions/0021-one-key.md
public final class KeyTables implements AutoCloseable {

    private static final String POSITION =
            """
            select next_offset
            from ops.projection_position
            where projection = ? and generation = ? and topic = ? and part = ?\
            """;

    private static final String PARKED =
            """
            select row_key
            from ops.parked
            where projection = ? and generation = ? and md5(row_key) in (select md5(k) from unnest(?) as k)\
            """;

    /// What is wrong with a row.
    public enum Kind {
        /// not in the table
        MISSING,
        /// other values than it should have
        CHANGED,
        /// in the table, and no event made it
        SURPLUS
    }

    /// A row that is not as it should be.
    ///
    /// @param key as on the view topic
    /// @param columns that differ; of a row that is missing or surplus: none
    public record Difference(String table, String key, Kind kind, List<String> columns) {}

    private final Connection connection;
    private final Generation generation;
    private final Map<String, KeyTable> tables = new LinkedHashMap<>();

    private KeyTables(Connection connection, Generation generation) {
        this.connection = connection;
        this.generation = generation;
    }

    public static KeyTables open(
            ProjectorSettings.Postgres settings,
            Generation generation,
            List<Class<? extends SpecificRecord>> rows,
            PersonalKeys personal)
            throws SQLException {
        Connection connection = new SinkConnections(settings).open();
        try {
            var opened = new KeyTables(connection, generation);
            for (var row : rows) {
                var table =
                        new KeyTable(
                                generation.schema(), SpecificData.get().getSchema(row), personal);
                table.prepare(connection);
                opened.tables.put(table.name(), table);
            }
            connection.setAutoCommit(false);
            return opened;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /// Values that the rows of the key have in columns of these names, damaged ones included.
    ///
    /// @param prefixes what to put before them, by column
    public Set<String> hints(Map<String, Scope> scopes, Map<String, String> prefixes)
            throws SQLException {
        var hints = new HashSet<String>();
        for (var table : tables.values()) {
            Scope scope = scopes.get(table.name());
            if (scope != null) {
                hints.addAll(table.hints(connection, scope, prefixes));
            }
        }
        connection.commit();
        return hints;
    }

    /// Begins the transaction that writes: the sink's next one waits until it ends.
    ///
    /// @return the position of the tables on the view; empty when they have none yet
    public OptionalLong lock(int part) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        return position(POSITION + " for update", part);
    }

    /// Begins a transaction that sees the tables as they were at one position; holds nobody up.
    public OptionalLong snapshot(int part) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return position(POSITION, part);
    }

    /// @return keys whose newest records are kept aside: their rows are older on purpose
    public Set<String> parked(Collection<String> keys) throws SQLException {
        try (var select = connection.prepareStatement(PARKED)) {
            select.setString(1, generation.projection());
            select.setInt(2, generation.number());
            select.setArray(3, connection.createArrayOf("text", keys.toArray()));
            var parked = new HashSet<String>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    parked.add(rows.getString(1));
                }
            }
            return parked;
        }
    }

    /// All rows of the key.
    ///
    /// @param expected as they should be
    /// @param scopes where else rows of it may be
    public List<Difference> differences(List<SpecificRecord> expected, Map<String, Scope> scopes)
            throws SQLException {
        var differences = new ArrayList<Difference>();
        for (var table : tables.values()) {
            table.stage(connection, ofTable(table, expected));
            differences.addAll(
                    table.differences(
                            connection,
                            Objects.requireNonNull(scopes.get(table.name()), table.name())));
        }
        return differences;
    }

    /// Hands Postgres the rows that [#repair] is going to write, so that the sink need not wait for
    /// it. What was staged for a comparison still takes room, which Postgres would plan for.
    ///
    /// @param expected rows as they should be, as far as is known
    public void prepare(List<SpecificRecord> expected) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "truncate "
                            + tables.values().stream().map(KeyTable::stage).collect(joining(", ")));
        }
        for (var table : tables.values()) {
            table.stage(connection, ofTable(table, expected));
        }
        connection.commit();
    }

    /// Puts some rows right, those that are not.
    ///
    /// @param keys of the rows; who is not expected is deleted
    /// @param expected as they should be
    /// @return keys of the rows that were not right
    public Set<String> repair(Set<String> keys, List<SpecificRecord> expected) throws SQLException {
        var surplus = new HashSet<>(keys);
        expected.forEach(row -> surplus.remove(RowKey.of(row)));
        var repaired = new HashSet<String>();
        for (var table : tables.values()) {
            var rows = ofTable(table, expected);
            if (!rows.isEmpty()) {
                table.stage(connection, rows);
                repaired.addAll(table.merge(connection));
            }
            for (String key : surplus) {
                if (RowKey.tableOf(key).equals(table.name()) && table.delete(connection, key)) {
                    repaired.add(key);
                }
            }
        }
        return repaired;
    }

    /// @param changed readers are told that there is something new
    public void commit(boolean changed) throws SQLException {
        if (changed) {
            try (var statement = connection.createStatement()) {
                statement.execute("notify headwater_projection, '" + generation.projection() + "'");
            }
        }
        connection.commit();
    }

    public void rollback() throws SQLException {
        tables.values().forEach(KeyTable::forget);
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private OptionalLong position(String sql, int part) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, generation.projection());
            select.setInt(2, generation.number());
            select.setString(3, generation.viewTopic());
            select.setInt(4, part);
            try (var row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static List<SpecificRecord> ofTable(KeyTable table, List<SpecificRecord> rows) {
        return rows.stream()
                .filter(row -> RowKey.table(row.getSchema()).equals(table.name()))
                .toList();
    }
}
