package io.headwater.bench;

import io.headwater.backends.Backend;
import io.headwater.backends.BackendSettings;
import io.headwater.backends.Backends;
import io.headwater.backends.Installation;
import io.headwater.backends.Ports;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.node.ObjectNode;

/// (i) A rebuild of the sessions, from the request until the new generation has all events in its
/// tables and goes on by itself, beside a bare loop over the same records: in bulk, and through
/// Kafka Streams alone. Every rebuild is compared with the live generation before it counts.
final class RebuildPart {

    private static final int PARTITIONS = 4;
    private static final String PROJECTION = "sessions";
    private static final String BARE_TABLE = "bench.sessions";
    private static final long LOOK_MILLIS = 20;

    /// Of the new generation: nothing is ahead of it, and its own fold and sink run.
    private static final String CAUGHT_UP =
            """
            select source_lag = 0 and sink_lag = 0 and health = 'RUNNING' and backfill <> 'bulk'
                   and source_end > 0 and heartbeat > now() - interval '3 seconds'
            from ops.projection
            where projection = ? and generation = ?\
            """;

    private final Path folder;
    private final Options options;
    private final Progress progress;

    RebuildPart(Path folder, Options options, Progress progress) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException, SQLException {
        var settings =
                new BackendSettings(
                        new Installation(options.root()),
                        folder,
                        folder.resolve("logs"),
                        null,
                        Ports.withOffset(options.portOffset()),
                        "bench-access-key",
                        "bench-secret-key");
        progress.say("rebuild: starting Kafka, Postgres and the registry");
        try (var backends = new Backends(settings)) {
            backends.start(List.of(Backend.KAFKA, Backend.POSTGRES, Backend.REGISTRY));
            String cache = folder.resolve("schemas.json").toString();
            Provisioner.provideTopics(backends.kafkaBootstrap(), PARTITIONS, (short) 1);
            Provisioner.provideSchemas(backends.registryUrl(), cache);
            try (var database =
                    DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), "")) {
                var ids = SchemaIds.of(backends.registryUrl(), cache);
                return measure(details, backends, database, cache, ids);
            }
        }
    }

    private List<Figure> measure(
            ObjectNode details, Backends backends, Connection database, String cache, SchemaIds ids)
            throws IOException, InterruptedException, SQLException {
        var projectors = new ProjectorsProcess(options, folder, backends, cache);
        long records =
                new TrackingLoad(backends.kafkaBootstrap(), ids, PARTITIONS)
                        .fill(options.keys(), options.keys(), 1);
        progress.say("rebuild: %,d records; the first generation reads them", records);
        try (var first = projectors.start()) {
            first.awaitHealthy();
            await(first, database, CAUGHT_UP, 1);
        }
        double bare = bare(backends, ids, database, records);
        progress.say("rebuild: bare loop %,.0f events/s", bare);
        details.put("records", records).put("bare_events_per_second", Math.round(bare));
        var figures = new ArrayList<Figure>();
        for (boolean bulk : new boolean[] {true, false}) {
            String name = bulk ? "bulk" : "streams";
            double seconds = rebuild(projectors, database, bulk);
            double rate = records / seconds;
            progress.say("rebuild: %s %,.0f events/s, ratio %.2f", name, rate, rate / bare);
            details.put(name + "_seconds", Math.round(seconds * 10) / 10.0);
            figures.add(
                    Figure.atLeast(
                            "rebuild_ratio_" + name, "ratio", rate / bare, bulk ? 1.2 : 0.5));
        }
        return figures;
    }

    /// The second of two runs: a loop that just started compiles first.
    private static double bare(Backends backends, SchemaIds ids, Connection database, long records)
            throws SQLException, IOException {
        Map<TopicPartition, Long> from = new HashMap<>();
        for (int part = 0; part < PARTITIONS; part++) {
            from.put(new TopicPartition(Topics.TRACKING_EVENTS.name(), part), 0L);
        }
        execute(database, "create schema bench");
        double rate = 0;
        for (int round = 0; round < 2; round++) {
            execute(database, "drop table if exists " + BARE_TABLE);
            execute(
                    database,
                    "create table " + BARE_TABLE + " (like sessions_g1.sessions including all)");
            rate =
                    new BareLoop(backends.kafkaBootstrap(), ids, database, BARE_TABLE)
                            .run(from, records, 0);
            database.setAutoCommit(true);
        }
        return rate;
    }

    private double rebuild(ProjectorsProcess projectors, Connection database, boolean bulk)
            throws IOException, InterruptedException, SQLException {
        try (var running = projectors.start("--headwater.bulk.enabled=" + bulk)) {
            running.awaitHealthy();
            long request = ask(database);
            long started = System.nanoTime();
            int generation = awaitAnswer(running, database, request);
            await(running, database, CAUGHT_UP, generation);
            double seconds = (System.nanoTime() - started) / 1e9;
            // A fast wrong answer is no result.
            await(
                    running,
                    database,
                    "select state = 'LIVE' and state <> 'FAILED' from ops.projection where projection = ? and generation = ?",
                    generation);
            return seconds;
        }
    }

    private static long ask(Connection database) throws SQLException {
        try (var insert =
                        database.prepareStatement(
                                "insert into ops.request (projection, action, actor) values (?, 'rebuild', 'bench') returning id");
                var row = query(insert, PROJECTION)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int awaitAnswer(
            ProjectorsProcess.Running running, Connection database, long request)
            throws SQLException, InterruptedException {
        while (true) {
            running.requireAlive();
            try (var select =
                            database.prepareStatement(
                                    "select generation, reason from ops.request where id = ? and answered_at is not null");
                    var row = query(select, request)) {
                if (row.next()) {
                    int generation = row.getInt(1);
                    if (row.wasNull()) {
                        throw new IllegalStateException("refused: " + row.getString(2));
                    }
                    return generation;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static void await(
            ProjectorsProcess.Running running,
            Connection database,
            String condition,
            int generation)
            throws SQLException, InterruptedException {
        while (true) {
            running.requireAlive();
            try (var select = database.prepareStatement(condition);
                    var row = query(select, PROJECTION, generation)) {
                if (row.next() && row.getBoolean(1)) {
                    return;
                }
            }
            requireNotFailed(database, generation);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static void requireNotFailed(Connection database, int generation) throws SQLException {
        try (var select =
                        database.prepareStatement(
                                "select reason from ops.projection where projection = ? and generation = ? and state = 'FAILED'");
                var row = query(select, PROJECTION, generation)) {
            if (row.next()) {
                throw new IllegalStateException("the rebuild failed: " + row.getString(1));
            }
        }
    }

    private static java.sql.ResultSet query(java.sql.PreparedStatement statement, Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement.executeQuery();
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
