package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.sink.SqlErrors;
import io.headwater.projectors.platform.sink.TableLoad;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.PersonalKeys;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Rows of all tables of a generation, in the order of their keys: which begin with the table, so
/// that they come table by table.
final class TableLoads implements AutoCloseable {

    /// Rows whose keys are looked up together, whatever their tables.
    private static final int CHUNK = 2_000;

    /// In the order of their keys, as often as asked for.
    interface Rows {
        <E extends Exception> void forEach(SpillingStore.Visitor<SpecificRecord, E> visitor)
                throws E;
    }

    private final Connection connection;
    private final String schemaName;
    private final PersonalKeys personal;
    private final List<SpecificRecord> waiting = new ArrayList<>();
    private @Nullable Schema table;
    private @Nullable TableLoad open;

    private TableLoads(Connection connection, String schemaName, PersonalKeys personal) {
        this.connection = connection;
        this.schemaName = schemaName;
        this.personal = personal;
    }

    /// @param personal opens what the tables show in the clear
    /// @throws PoisonException with the key of the row that Postgres refuses, or that was changed
    static void load(Connection connection, String schemaName, Rows rows, PersonalKeys personal)
            throws SQLException, PoisonException {
        try (var loads = new TableLoads(connection, schemaName, personal)) {
            try {
                rows.<SQLException>forEach((key, row, timestamp) -> loads.add(row));
                loads.end();
            } catch (BrokenSealException unreadable) {
                throw new PoisonException(String.valueOf(unreadable.getMessage()), unreadable);
            } catch (SQLException refused) {
                if (!SqlErrors.isData(refused)) {
                    throw refused;
                }
                throw new PoisonException(
                        "the row %s cannot be written: %s %s"
                                .formatted(
                                        loads.refusedKey(refused, rows),
                                        refused.getSQLState(),
                                        SqlErrors.summary(refused)),
                        refused);
            }
        }
    }

    private void add(SpecificRecord row) throws SQLException {
        waiting.add(row);
        if (waiting.size() == CHUNK) {
            flush();
        }
    }

    private void flush() throws SQLException {
        for (var row : personal.opened(waiting, "")) {
            if (!row.getSchema().equals(table)) {
                endTable();
                table = row.getSchema();
                open = TableLoad.begin(connection, schemaName, table);
            }
            Objects.requireNonNull(open).add(row);
        }
        waiting.clear();
    }

    private void end() throws SQLException {
        flush();
        endTable();
    }

    private void endTable() throws SQLException {
        var load = open;
        open = null;
        if (load != null) {
            load.end();
        }
    }

    /// Postgres tells which row of the table it was.
    private String refusedKey(SQLException refused, Rows rows) {
        var failed = table;
        long number = SqlErrors.copiedRow(refused);
        if (failed == null || number < 1) {
            return "of an unknown key";
        }
        var count = new AtomicLong();
        var found = new AtomicReference<>(RowKey.table(failed) + ", number " + number);
        rows.<RuntimeException>forEach((key, row, timestamp) -> {
            if (row.getSchema().equals(failed) && count.incrementAndGet() == number) {
                found.set(key);
            }
        });
        return found.get();
    }

    @Override
    public void close() throws SQLException {
        var load = open;
        if (load != null) {
            load.close();
        }
    }
}
