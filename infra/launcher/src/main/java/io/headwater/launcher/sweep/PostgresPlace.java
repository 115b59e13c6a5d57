package io.headwater.launcher.sweep;

import java.sql.Connection;
import java.sql.SQLException;

/// A place of the database server. Its canaries are rows in a schema of their own.
abstract class PostgresPlace implements Place {

    final Databases databases;
    private final String name;
    private final String ending;

    /// @param ending of the names of the schemas with canaries; no other place's
    PostgresPlace(String name, String ending, Databases databases) {
        this.name = name;
        this.ending = ending;
        this.databases = databases;
    }

    /// @param schema new and empty
    abstract void plant(Connection connection, String schema, Probes probes) throws SQLException;

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void plant(Probes probes) throws SQLException {
        remove();
        String schema = probes.name() + ending;
        try (var connection = databases.connect()) {
            Databases.run(connection, "create schema " + schema);
            plant(connection, schema, probes);
        }
    }

    @Override
    public final void remove() throws SQLException {
        databases.dropPlanted(ending);
    }

    @Override
    public final void close() {
        // nothing is kept open
    }
}
