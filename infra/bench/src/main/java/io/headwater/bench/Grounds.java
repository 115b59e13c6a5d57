package io.headwater.bench;

import io.headwater.backends.Backend;
import io.headwater.backends.BackendSettings;
import io.headwater.backends.Backends;
import io.headwater.backends.Installation;
import io.headwater.backends.Ports;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SchemaIds;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/// Kafka, Postgres and the registry of one part alone, with topics and schemas, and the projectors
/// that may be started on them.
///
/// @param database a connection of the measuring side
/// @param projectors with the sessions
record Grounds(Backends backends, Connection database, SchemaIds ids, ProjectorsProcess projectors)
        implements AutoCloseable {

    static final int PARTITIONS = 4;

    /// @param folder for everything, made here
    static Grounds start(Path folder, Options options) throws IOException, SQLException {
        var backends =
                new Backends(
                        new BackendSettings(
                                new Installation(options.root()),
                                folder,
                                folder.resolve("logs"),
                                null,
                                Ports.withOffset(options.portOffset()),
                                "bench-access-key",
                                "bench-secret-key"));
        try {
            backends.start(List.of(Backend.KAFKA, Backend.POSTGRES, Backend.REGISTRY));
            String cache = folder.resolve("schemas.json").toString();
            Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), PARTITIONS, (short) 1);
            Provisioner.provideSchemas(backends.registryUrl(), cache);
            return new Grounds(
                    backends,
                    DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), ""),
                    SchemaIds.of(backends.registryUrl(), cache),
                    new ProjectorsProcess(options, folder, backends, cache, "sessions"));
        } catch (IOException | SQLException | RuntimeException failed) {
            backends.close();
            throw failed;
        }
    }

    /// The projectors with another projection.
    ProjectorsProcess projectors(String projection) {
        return new ProjectorsProcess(
                projectors.options(),
                projectors.folder(),
                backends,
                projectors.cache(),
                projection);
    }

    TrackingLoad load() {
        return new TrackingLoad(backends.kafkaBootstrap(), ids, PARTITIONS);
    }

    @Override
    public void close() throws SQLException {
        try (backends) {
            database.close();
        }
    }
}
