package io.headwater.launcher.sweep;

import io.headwater.launcher.sweep.TableCopy.Table;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/// Every column of every row of every table of every database, the server's own included: its
/// statistics keep samples of what columns hold.
///
/// First the tables are vacuumed, so that no old version of a row is left that a page shows.
final class Tables extends PostgresPlace {

    private static final String NAME = "tables";

    /// Not there any more, or held for longer than the limit of a lock.
    private static final String UNDEFINED_TABLE = "42P01";

    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    Tables(Databases databases) {
        super(NAME, "_tables", databases);
    }

    @Override
    void plant(Connection connection, String schema, Probes probes) throws SQLException {
        Databases.run(
                connection,
                "create table %s.planted (as_text text, as_json jsonb, as_bytes bytea)"
                        .formatted(schema));
        try (var insert =
                connection.prepareStatement(
                        "insert into %s.planted values (?, ?::jsonb, ?)".formatted(schema))) {
            insert.setString(1, probes.make(NAME, "a text, in capitals").inCapitals());
            insert.setString(
                    2, "{\"page\":\"%s\"}".formatted(probes.make(NAME, "a text in JSON").inUrl()));
            insert.setBytes(3, probes.make(NAME, "bytes").bytes());
            insert.executeUpdate();
        }
        // What remains of a value when its row is gone: the statistics of its column. An autovacuum
        // would make them anew.
        Databases.run(
                connection,
                "create table %s.counted (as_text text) with (autovacuum_enabled = false)"
                        .formatted(schema));
        try (var insert =
                connection.prepareStatement(
                        "insert into %s.counted select ? from generate_series(1, 100)"
                                .formatted(schema))) {
            insert.setString(1, probes.make(NAME, "statistics of a column").typed());
            insert.executeUpdate();
        }
        Databases.run(connection, "analyze %s.counted".formatted(schema));
        Databases.run(connection, "delete from %s.counted".formatted(schema));
    }

    @Override
    public void search(Look look) throws Exception {
        databases.each((database, connection) -> {
            for (Table table : Table.all(connection)) {
                if (!table.isOfTheServer()) {
                    vacuum(connection, table, look);
                }
                search(database, connection, table, look);
            }
        });
    }

    private static void vacuum(Connection connection, Table table, Look look) throws SQLException {
        try {
            Databases.run(connection, "vacuum " + table.name());
            look.count("vacuumed tables", 1);
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void search(String database, Connection connection, Table table, Look look)
            throws Exception {
        try (var rows = TableCopy.of(connection, table)) {
            look.count("tables", 1);
            while (rows.next()) {
                look.count("rows", 1);
                for (int i = 1; i < rows.columns(); i++) {
                    String column = table.columns().get(i - 1).name();
                    look.unit(
                            rows.column(i),
                            () ->
                                    "%s %s, column %s, row %s"
                                            .formatted(database, table.name(), column, id(rows)));
                }
            }
        } catch (SQLException e) {
            if (BUSY.contains(e.getSQLState())) {
                throw new SQLException(table.name() + " was held by somebody else", e);
            }
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static String id(TableCopy rows) {
        byte[] id = rows.column(0);
        return id == null ? "?" : new String(id, StandardCharsets.US_ASCII);
    }
}
