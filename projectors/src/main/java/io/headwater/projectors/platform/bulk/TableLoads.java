package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.sink.SqlErrors;
import io.headwater.projectors.platform.sink.TableLoad;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Rows of all tables of a generation, in the order of their keys: which begin with the table, so
/// that they come table by table.
final class TableLoads implements AutoCloseable {

    private final Connection connection;
    private final String schemaName;
    private @Nullable Schema table;
    private @Nullable TableLoad open;

    private TableLoads(Connection connection, String schemaName) {
        this.connection = connection;
        this.schemaName = schemaName;
    }

    /// @throws PoisonException with the key of the row that Postgres refuses
    static void load(Connection connection, String schemaName, SpillingStore<SpecificRecord> rows)
            throws SQLException, PoisonException {
        try (var loads = new TableLoads(connection, schemaName)) {
            try {
                rows.<SQLException>forEach((key, row, timestamp) -> loads.add(row));
                loads.end();
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
        if (!row.getSchema().equals(table)) {
            end();
            table = row.getSchema();
            open = TableLoad.begin(connection, schemaName, table);
        }
        Objects.requireNonNull(open).add(row);
    }

    private void end() throws SQLException {
        var load = open;
        open = null;
        if (load != null) {
            load.end();
        }
    }

    /// Postgres tells which row of the table it was.
    private String refusedKey(SQLException refused, SpillingStore<SpecificRecord> rows) {
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
