package io.headwater.bench;

import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.node.ObjectNode;

/// (b) Events per second from the tracking topic to committed rows of the sessions projection ÷ a
/// bare loop over the same records; with keys that repeat far apart, then near.
///
/// Real back ends of its own, filled while nothing reads; the projectors run as their own process
/// with this one projection. The first half of the records warms up either side: a JVM that just
/// started compiles first.
final class ProjectionPart {

    private static final int NEAR_ACTIVE = 1_000;
    private static final String BARE_TABLE = "bench.sessions";

    private final Path folder;
    private final Options options;
    private final Progress progress;

    /// What is known of the records still to be worked on.
    private record Load(String name, long records, Map<TopicPartition, Long> from, long base) {}

    ProjectionPart(Path folder, Options options, Progress progress) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        progress.say("projection: starting Kafka, Postgres and the registry");
        try (var grounds = Grounds.start(folder, options);
                var admin =
                        Admin.create(
                                Map.of("bootstrap.servers", grounds.backends().kafkaBootstrap()))) {
            return measure(details, grounds, admin);
        }
    }

    private List<Figure> measure(ObjectNode details, Grounds grounds, Admin admin)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        var projectors = grounds.projectors();
        var database = grounds.database();
        try (var first = projectors.start()) {
            first.awaitHealthy();
        }
        try (var statement = database.createStatement()) {
            statement.execute("create schema bench");
            statement.execute(
                    "create table " + BARE_TABLE + " (like sessions_g1.sessions including all)");
        }
        var load = grounds.load();
        var figures = new ArrayList<Figure>();
        long base = 0;
        for (String name : List.of("far", "near")) {
            boolean far = name.equals("far");
            var from = ends(admin, Topics.TRACKING_EVENTS.name());
            long records =
                    load.fill(options.keys(), far ? options.keys() : NEAR_ACTIVE, far ? 1 : 2);
            progress.say("projection: %s, %,d records", name, records);
            var round = new Load(name, records, from, base);
            double bare = new BareLoop(grounds, BARE_TABLE).run(from, records, records / 2);
            progress.say("projection: bare loop %,.0f events/s", bare);
            double ours = project(projectors, admin, database, round);
            base += records;
            requireSame(database, base);
            progress.say("projection: %,.0f events/s, ratio %.2f", ours, ours / bare);
            details.putObject(name)
                    .put("records", records)
                    .put("bare_events_per_second", Math.round(bare))
                    .put("projection_events_per_second", Math.round(ours));
            figures.add(
                    Figure.atLeast(
                            "projection_ratio_" + name, "ratio", ours / bare, far ? 0.6 : 0.45));
        }
        return figures;
    }

    private double project(
            ProjectorsProcess projectors, Admin admin, Connection database, Load load)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        try (var running = projectors.start()) {
            long measureFrom = load.base() + load.records() / 2;
            long end = load.base() + load.records();
            long done = consumed(admin);
            while (done < measureFrom) {
                running.requireAlive();
                TimeUnit.MILLISECONDS.sleep(20);
                done = consumed(admin);
            }
            long started = System.nanoTime();
            long startedAfter = done;
            while (consumed(admin) < end || !sunk(admin, database)) {
                running.requireAlive();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            return (end - startedAfter) / ((System.nanoTime() - started) / 1e9);
        }
    }

    /// Source records the fold has committed.
    private static long consumed(Admin admin) throws ExecutionException, InterruptedException {
        var committed =
                admin.listConsumerGroupOffsets(ProjectorsProcess.GROUP)
                        .partitionsToOffsetAndMetadata()
                        .get();
        return committed.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(Topics.TRACKING_EVENTS.name()))
                .mapToLong(entry -> entry.getValue().offset())
                .sum();
    }

    /// Whether every row of the view topic is committed in Postgres.
    private static boolean sunk(Admin admin, Connection database)
            throws SQLException, ExecutionException, InterruptedException {
        String topic = Topics.view("sessions", 1).name();
        long end = ends(admin, topic).values().stream().mapToLong(Long::longValue).sum();
        try (var statement =
                database.prepareStatement(
                        "select coalesce(sum(next_offset), 0) from ops.projection_position where topic = ?")) {
            statement.setString(1, topic);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1) >= end;
            }
        } finally {
            database.commit();
        }
    }

    /// Both tables hold the same sessions and every click: a fast wrong answer is no result.
    private static void requireSame(Connection database, long records) throws SQLException {
        long expected = TrackingLoad.clicks(records);
        for (String table : List.of(BARE_TABLE, "sessions_g1.sessions")) {
            try (var statement = database.createStatement();
                    var rows =
                            statement.executeQuery("select count(*), sum(clicks) from " + table)) {
                rows.next();
                if (rows.getLong(1) != records / TrackingLoad.RECORDS_PER_SESSION
                        || rows.getLong(2) != expected) {
                    throw new IllegalStateException(
                            "%s holds %d sessions and %d clicks, not %d"
                                    .formatted(table, rows.getLong(1), rows.getLong(2), expected));
                }
            }
        }
        database.commit();
    }

    private static Map<TopicPartition, Long> ends(Admin admin, String topic)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ask = new HashMap<>();
        for (int part = 0; part < Grounds.PARTITIONS; part++) {
            ask.put(new TopicPartition(topic, part), OffsetSpec.latest());
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(ask).all().get().forEach((part, end) -> ends.put(part, end.offset()));
        return ends;
    }
}
