package io.headwater.launcher.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/// The files of the database server, byte by byte: pages with what old versions of rows left in
/// them, indexes, the write-ahead log. No query shows these bytes; they stay until they are
/// overwritten.
final class PostgresFiles extends PostgresPlace {

    private static final String NAME = "files of postgres";

    private final Path data;

    PostgresFiles(Path data, Databases databases) {
        super(NAME, "_files", databases);
        this.data = data;
    }

    @Override
    public boolean isReadable() {
        return false;
    }

    @Override
    void plant(Connection connection, String schema, Probes probes) throws SQLException {
        Databases.run(connection, "create table %s.planted (as_text text)".formatted(schema));
        try (var insert =
                connection.prepareStatement(
                        "insert into %s.planted values (?)".formatted(schema))) {
            insert.setString(1, probes.make(NAME, "a row in a page").typed());
            insert.executeUpdate();
        }
        Databases.run(connection, "checkpoint");
    }

    @Override
    public void search(Look look) throws IOException {
        Tree.search(data, data.resolve("postgres"), _ -> false, look);
    }
}
