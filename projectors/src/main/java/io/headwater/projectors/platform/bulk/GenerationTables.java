package io.headwater.projectors.platform.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables of a generation, whatever its migrations made.
public final class GenerationTables {

    private static final String TABLES =
            """
            select format('%I.%I', n.nspname, c.relname)
            from pg_class c
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind in ('r', 'p')\
            """;

    private GenerationTables() {}

    /// Drops all of a schema, and the schema. Without cascade: a view that still reads one of them
    /// is an error, not a loss.
    public static void drop(Connection connection, String schema) throws SQLException {
        var tables = names(connection, schema);
        try (var statement = connection.createStatement()) {
            if (!tables.isEmpty()) {
                statement.execute("drop table " + String.join(", ", tables));
            }
            statement.execute("drop schema if exists " + schema);
        }
    }

    /// With their schema, as SQL takes them.
    static List<String> names(Connection connection, String schema) throws SQLException {
        var names = new ArrayList<String>();
        try (var select = connection.prepareStatement(TABLES)) {
            select.setString(1, schema);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }
}
