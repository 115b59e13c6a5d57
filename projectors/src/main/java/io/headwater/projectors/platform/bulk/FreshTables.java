package io.headwater.projectors.platform.bulk;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The tables of a generation that nobody reads yet: loaded without indexes, which are built from
/// whole tables afterwards.
final class FreshTables {

    /// How each is made, and how it is dropped: constraints, then what is an index only.
    private static final String INDEXES =
            """
            select format('alter table %1$s add constraint %2$I %3$s', r.conrelid::regclass, r.conname,
                          pg_get_constraintdef(r.oid)),
                   format('alter table %1$s drop constraint %2$I', r.conrelid::regclass, r.conname)
            from pg_constraint r
            join pg_class c on c.oid = r.conrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and r.contype in ('p', 'u') and c.relname <> 'flyway_schema_history'
            union all
            select pg_get_indexdef(i.indexrelid), format('drop index %s', i.indexrelid::regclass)
            from pg_index i
            join pg_class c on c.oid = i.indrelid
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname <> 'flyway_schema_history'
              and not exists (select from pg_constraint r where r.conindid = i.indexrelid)\
            """;

    private final Connection connection;
    private final String schema;
    private final List<String> indexes = new ArrayList<>();

    FreshTables(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /// Whatever an attempt before this one left.
    void drop() throws SQLException {
        GenerationTables.drop(connection, schema);
    }

    void dropIndexes() throws SQLException {
        List<String> drops = new ArrayList<>();
        try (var select = connection.prepareStatement(INDEXES)) {
            select.setString(1, schema);
            select.setString(2, schema);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    indexes.add(row.getString(1));
                    drops.add(row.getString(2));
                }
            }
        }
        for (String drop : drops) {
            execute(drop);
        }
    }

    /// What was dropped; then the planner is told what is in the tables.
    void buildIndexes() throws SQLException {
        for (String index : indexes) {
            execute(index);
        }
        for (String table : GenerationTables.names(connection, schema)) {
            execute("analyze " + table);
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
