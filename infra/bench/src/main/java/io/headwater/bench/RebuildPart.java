package io.headwater.bench;

import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.node.ObjectNode;

/// (i) A rebuild of the sessions, from the request until the new generation has all events in its
/// tables and goes on by itself, beside a bare loop over the same records: in bulk, and through
/// Kafka Streams alone. Every rebuild is compared with the live generation before it counts.
final class RebuildPart {

    private static final String BARE_TABLE = "bench.sessions";

    private final Path folder;
    private final Options options;
    private final Progress progress;

    RebuildPart(Path folder, Options options, Progress progress) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException, SQLException {
        progress.say("rebuild: starting Kafka, Postgres and the registry");
        try (var grounds = Grounds.start(folder, options)) {
            return measure(details, grounds);
        }
    }

    private List<Figure> measure(ObjectNode details, Grounds grounds)
            throws IOException, InterruptedException, SQLException {
        var projectors = grounds.projectors();
        long records = grounds.load().fill(options.keys(), options.keys(), 1);
        progress.say("rebuild: %,d records; the first generation reads them", records);
        try (var first = projectors.start()) {
            first.awaitHealthy();
            new Rebuilding(first, grounds.database(), "sessions").awaitCaughtUp(1);
        }
        double bare = bare(grounds, records);
        progress.say("rebuild: bare loop %,.0f events/s", bare);
        details.put("records", records).put("bare_events_per_second", Math.round(bare));
        var figures = new ArrayList<Figure>();
        for (boolean bulk : new boolean[] {true, false}) {
            String name = bulk ? "bulk" : "streams";
            double seconds;
            try (var running = projectors.start("--headwater.bulk.enabled=" + bulk)) {
                running.awaitHealthy();
                seconds = new Rebuilding(running, grounds.database(), "sessions").run();
            }
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
    private static double bare(Grounds grounds, long records) throws SQLException, IOException {
        Map<TopicPartition, Long> from = new HashMap<>();
        for (int part = 0; part < Grounds.PARTITIONS; part++) {
            from.put(new TopicPartition(Topics.TRACKING_EVENTS.name(), part), 0L);
        }
        execute(grounds, "create schema bench");
        double rate = 0;
        for (int round = 0; round < 2; round++) {
            execute(grounds, "drop table if exists " + BARE_TABLE);
            execute(
                    grounds,
                    "create table " + BARE_TABLE + " (like sessions_g1.sessions including all)");
            rate = new BareLoop(grounds, BARE_TABLE).run(from, records, 0);
            grounds.database().setAutoCommit(true);
        }
        return rate;
    }

    private static void execute(Grounds grounds, String sql) throws SQLException {
        try (var statement = grounds.database().createStatement()) {
            statement.execute(sql);
        }
    }
}
