package io.headwater.bench;

import io.headwater.schema.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import tools.jackson.databind.node.ObjectNode;

/// (l) A rebuild in bulk of every projection, from the request until the new generation has all
/// events in its tables and goes on by itself, beside a loop that reads the same topics and merges
/// the same rows. Each side does it once before it is measured, so that neither is timed while the
/// compiler works; how long the first rebuild took is told, too. Every rebuild is compared with the
/// live generation before it counts, and so are the rows of the loop.
final class ViewsPart {

    private static final int BATCH = 5_000;
    private static final int WARM_UP_BATCHES = 20;
    private static final double AT_LEAST = 1.2;

    /// Deliveries are kept for 30 days.
    private static final Duration AGO = Duration.ofDays(28);

    private static final Duration SPAN = AGO.minus(LeadStory.LONGEST);

    /// What the projectors read for each.
    static final Map<String, List<Topics.Topic>> SOURCES =
            Map.of(
                    "sessions", List.of(Topics.TRACKING_EVENTS),
                    "traffic", List.of(Topics.TRACKING_EVENTS),
                    "leads", List.of(Topics.LEAD_EVENTS),
                    "lead_volume", List.of(Topics.LEAD_EVENTS),
                    "intake", List.of(Topics.INTAKE_RECEIPTS, Topics.LEAD_EVENTS),
                    "webhooks", List.of(Topics.INTAKE_WEBHOOKS));

    private final Path folder;
    private final Options options;
    private final Progress progress;

    /// @param first seconds of the first rebuild of the process
    /// @param seconds of the second
    private record Measured(double bareSeconds, double first, double seconds) {}

    ViewsPart(Path folder, Options options, Progress progress) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details)
            throws IOException, InterruptedException, SQLException, ExecutionException {
        progress.say("views: starting Kafka, Postgres and the registry");
        try (var grounds = Grounds.start(folder, options);
                var admin =
                        Admin.create(
                                Map.of("bootstrap.servers", grounds.backends().kafkaBootstrap()))) {
            fill(grounds);
            var figures = new ArrayList<Figure>();
            double bareSeconds = 0;
            double first = 0;
            double seconds = 0;
            for (var entry : new TreeMap<>(SOURCES).entrySet()) {
                String projection = entry.getKey();
                if (!options.views().isEmpty() && !options.views().contains(projection)) {
                    continue;
                }
                var measured =
                        measure(
                                projection,
                                SourceOrder.of(admin, entry.getValue()),
                                grounds,
                                details.putObject(projection));
                bareSeconds += measured.bareSeconds();
                first += measured.first();
                seconds += measured.seconds();
                figures.add(
                        Figure.plain(
                                "rebuild_ratio_" + projection,
                                "ratio",
                                measured.bareSeconds() / measured.seconds()));
            }
            figures.add(Figure.plain("first_rebuild_ratio_all", "ratio", bareSeconds / first));
            figures.add(
                    Figure.atLeast("rebuild_ratio_all", "ratio", bareSeconds / seconds, AT_LEAST));
            return figures;
        }
    }

    private void fill(Grounds grounds) {
        Instant begin = Instant.now().minus(AGO);
        int keys = options.keys();
        long tracked = grounds.load().fill(keys, keys, 1, Crowd.over(begin, SPAN));
        long told =
                new LeadLoad(grounds.backends().kafkaBootstrap(), grounds.ids())
                        .fill(keys, begin, SPAN);
        progress.say("views: %,d tracking records, %,d of intake and leads", tracked, told);
    }

    private Measured measure(
            String projection, SourceOrder order, Grounds grounds, ObjectNode details)
            throws IOException, InterruptedException, SQLException {
        var view = Topics.view(projection, 1);
        progress.say(
                "views: %s, %,d records; the first generation reads them",
                projection, order.records());
        double first;
        double seconds;
        int made;
        try (var running = grounds.projectors(projection).start()) {
            running.awaitHealthy();
            var rebuilding = new Rebuilding(running, grounds.database(), projection);
            rebuilding.awaitCaughtUp(1);
            first = rebuilding.run();
            // By now all of it is compiled, as the loop will be.
            seconds = rebuilding.run();
            made = rebuilding.live();
        }
        Path rows = folder.resolve("rows");
        var tables =
                new RowChanges(options, grounds, view, order, BATCH)
                        .prepare(projection, projection + "_g1", rows);
        var loop = new CopyLoop(grounds, order, tables, BATCH);
        loop.run(projection + "_g1", (long) WARM_UP_BATCHES * BATCH);
        double bareSeconds = loop.run(projection + "_g1", order.records());
        var same = new SameRows(grounds.database());
        same.require(tables, projection + "_g1");
        same.require(tables, projection + "_g" + made);
        long written = tables.stream().mapToLong(TableChanges::rows).sum();
        long kept = same.drop(tables);
        for (var table : tables) {
            Files.delete(table.file());
        }
        progress.say(
                "views: %s, loop %.1f s, rebuild %.1f s, the first %.1f s, ratio %.2f",
                projection, bareSeconds, seconds, first, bareSeconds / seconds);
        details.put("records", order.records())
                .put("rows", kept)
                .put("rows_merged_by_loop", written)
                .put("bare_seconds", rounded(bareSeconds))
                .put("bulk_seconds_of_first", rounded(first))
                .put("bulk_seconds", rounded(seconds));
        return new Measured(bareSeconds, first, seconds);
    }

    private static double rounded(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }
}
