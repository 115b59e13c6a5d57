package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.RowKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows straight into a table that nobody reads yet, by COPY: the columns are written as the sink
/// writes them.
public final class TableLoad implements AutoCloseable {

    private static final int CHUNK_BYTES = 1 << 20;

    private final List<Column> columns;
    private final CopyBuffer buffer = new CopyBuffer();
    private final CopyIn copying;

    private TableLoad(CopyIn copying, Schema row) {
        this.copying = copying;
        columns = row.getFields().stream().map(Column::new).toList();
        buffer.begin();
    }

    /// Until it is ended or closed, the connection does nothing else.
    ///
    /// @param schemaName of the generation
    public static TableLoad begin(Connection connection, String schemaName, Schema row)
            throws SQLException {
        String names =
                row.getFields().stream()
                        .map(field -> RowTable.quoted(field.name()))
                        .collect(Collectors.joining(", "));
        String copy =
                "copy %s.%s (%s) from stdin (format binary)"
                        .formatted(
                                RowTable.quoted(schemaName),
                                RowTable.quoted(RowKey.table(row)),
                                names);
        return new TableLoad(connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy), row);
    }

    /// @throws SQLException when Postgres has refused a row; not always at once
    public void add(SpecificRecord row) throws SQLException {
        buffer.tuple(columns.size());
        for (Column column : columns) {
            column.write(buffer, row);
        }
        if (buffer.size() > CHUNK_BYTES) {
            flush();
        }
    }

    /// @throws SQLException when Postgres refuses a row: then the table has none of them
    public void end() throws SQLException {
        buffer.end();
        flush();
        copying.endCopy();
    }

    /// Without an end: nothing of it stays.
    @Override
    public void close() throws SQLException {
        if (copying.isActive()) {
            copying.cancelCopy();
        }
    }

    private void flush() throws SQLException {
        copying.writeToCopy(buffer.bytes(), 0, buffer.size());
        buffer.cut(0);
    }
}
