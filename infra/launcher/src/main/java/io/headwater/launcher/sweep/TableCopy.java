package io.headwater.launcher.sweep;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/// The rows of a table as `copy … (format binary)` sends them, one at a time: text as UTF-8, bytes
/// as bytes. The first column is where the row is.
final class TableCopy implements AutoCloseable {

    /// Signature, flags, length of an extension that is empty.
    private static final int HEADER_BYTES = 11 + 4 + 4;

    private static final int BUFFER = 1 << 18;

    /// A column, and whether it has bytes.
    record Column(String name, String quoted, boolean isBytes) {
        String sql() {
            return isBytes ? quoted : quoted + "::text";
        }
    }

    /// @param name as SQL wants it
    record Table(String schema, String name, List<Column> columns) {

        boolean isOfTheServer() {
            return schema.equals("pg_catalog")
                    || schema.equals("information_schema")
                    || name.endsWith(".pg_stat_statements");
        }

        /// Those with rows of their own, and what the server notes of statements; not what is
        /// temporary, which only its session reads.
        static List<Table> all(Connection connection) throws SQLException {
            var tables = new ArrayList<Table>();
            try (var select =
                            connection.prepareStatement(
                                    """
                                    select n.nspname, format('%I.%I', n.nspname, c.relname),
                                           array_agg(a.attname::text order by a.attnum),
                                           array_agg(quote_ident(a.attname) order by a.attnum),
                                           array_agg(a.atttypid = 'bytea'::regtype order by a.attnum)
                                    from pg_class c
                                    join pg_namespace n on n.oid = c.relnamespace
                                    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                                    where (c.relkind in ('r', 'm') or c.relname = 'pg_stat_statements')
                                      and c.relpersistence <> 't'
                                    group by 1, 2
                                    order by 1, 2
                                    """);
                    var rows = select.executeQuery()) {
                while (rows.next()) {
                    String[] names = (String[]) rows.getArray(3).getArray();
                    String[] quoted = (String[]) rows.getArray(4).getArray();
                    Boolean[] bytes = (Boolean[]) rows.getArray(5).getArray();
                    var columns = new ArrayList<Column>();
                    for (int i = 0; i < names.length; i++) {
                        columns.add(new Column(names[i], quoted[i], bytes[i]));
                    }
                    tables.add(new Table(rows.getString(1), rows.getString(2), columns));
                }
            }
            return tables;
        }
    }

    private final DataInputStream in;
    private byte[] @Nullable [] row = new byte[0][];

    private TableCopy(DataInputStream in) {
        this.in = in;
    }

    static TableCopy of(Connection connection, Table table) throws SQLException, IOException {
        String id = table.name().endsWith(".pg_stat_statements") ? "'?'" : "ctid::text";
        String sql =
                "copy (select %s, %s from %s) to stdout (format binary)"
                        .formatted(
                                id,
                                table.columns().stream()
                                        .map(Column::sql)
                                        .collect(Collectors.joining(", ")),
                                table.name());
        var in =
                new DataInputStream(
                        new BufferedInputStream(
                                new PGCopyInputStream(connection.unwrap(PGConnection.class), sql),
                                BUFFER));
        in.skipNBytes(HEADER_BYTES);
        return new TableCopy(in);
    }

    /// @return false: there are no more
    boolean next() throws IOException {
        int columns = in.readShort();
        if (columns < 0) {
            return false;
        }
        if (columns != row.length) {
            row = new byte[columns][];
        }
        for (int i = 0; i < columns; i++) {
            int length = in.readInt();
            row[i] = length < 0 ? null : in.readNBytes(length);
        }
        return true;
    }

    int columns() {
        return row.length;
    }

    byte @Nullable [] column(int number) {
        return row[number];
    }

    /// Reads what is left, so that the connection can be used again.
    @Override
    public void close() throws IOException {
        in.close();
    }
}
