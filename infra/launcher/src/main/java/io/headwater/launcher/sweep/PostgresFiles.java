package io.headwater.launcher.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/// The files of the database server, byte by byte: pages with what old versions of rows left in
/// them, indexes, the write-ahead log. No query shows these bytes; they stay until they are
/// overwritten.
final class PostgresFiles implements Place {

    private static final String NAME = "files of postgres";
    private static final String ENDING = "_files";

    private final Path data;
    private final Databases databases;

    PostgresFiles(Path data, Databases databases) {
        this.data = data;
        this.databases = databases;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean isReadable() {
        return false;
    }

    @Override
    public void plant(Probes probes) throws SQLException {
        remove();
        String schema = probes.name() + ENDING;
        try (var connection = databases.connect()) {
            Databases.run(connection, "create schema " + schema);
            Databases.run(connection, "create table %s.planted (as_text text)".formatted(schema));
            try (var insert =
                    connection.prepareStatement(
                            "insert into %s.planted values (?)".formatted(schema))) {
                insert.setString(1, probes.make(NAME, "a row in a page").typed());
                insert.executeUpdate();
            }
            Databases.run(connection, "checkpoint");
        }
    }

    @Override
    public void search(Look look) throws IOException {
        Tree.search(data, data.resolve("postgres"), _ -> false, look);
    }

    @Override
    public void remove() throws SQLException {
        databases.dropPlanted(ENDING);
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
