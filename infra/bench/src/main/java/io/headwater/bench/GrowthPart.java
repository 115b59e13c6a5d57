package io.headwater.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// (j) The same rebuild in bulk over ten times the events: the memory of the projectors at its
/// highest, and the time per event, ÷ what they were before.
final class GrowthPart {

    private static final int TIMES = 10;
    private static final double FLAT = 1.25;
    private static final double LINEAR = 1.25;

    /// The replaced generation would read along for a day.
    private static final String FORGET = "--headwater.rebuild.keep=0s";

    /// Small, so that the collector has to work, and all of it taken at the start: with room it
    /// lets garbage lie, and that is no growth of what a rebuild needs. A rebuild that needs more
    /// fails.
    private static final int HEAP_MIB = 384;

    /// The caches of Kafka Streams have a bound, too; small enough to be full either way.
    private static final String SMALL_CACHES = "--headwater.streams.store-memory=16MB";

    private static final double MEBI = 1024;

    private final Path folder;
    private final Options options;
    private final Progress progress;

    private record Measured(double seconds, double peakMib) {}

    GrowthPart(Path folder, Options options, Progress progress) {
        this.folder = folder;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException, SQLException {
        progress.say("growth: starting Kafka, Postgres and the registry");
        try (var grounds = Grounds.start(folder, options)) {
            int keys = options.keys();
            long few = grounds.load().fill(keys, keys, 1);
            var small = rebuild(grounds, few);
            long many = few;
            for (int more = 2; more <= TIMES; more++) {
                many += grounds.load().fill(keys, keys, more);
            }
            var large = rebuild(grounds, many);
            details.put("records_small", few).put("records_large", many);
            details.put("seconds_small", rounded(small.seconds()));
            details.put("seconds_large", rounded(large.seconds()));
            details.put("peak_mib_small", rounded(small.peakMib()));
            details.put("peak_mib_large", rounded(large.peakMib()));
            double perEvent = (large.seconds() / many) / (small.seconds() / few);
            return List.of(
                    Figure.atMost(
                            "rebuild_memory_growth",
                            "ratio",
                            large.peakMib() / small.peakMib(),
                            FLAT),
                    Figure.atMost("rebuild_time_per_event_growth", "ratio", perEvent, LINEAR));
        }
    }

    /// In a process of its own, in which the live generation has caught up before.
    private Measured rebuild(Grounds grounds, long records)
            throws IOException, InterruptedException, SQLException {
        progress.say("growth: %,d records; the live generation reads them", records);
        try (var before = grounds.projectors().start(FORGET)) {
            before.awaitHealthy();
            var rebuilding = new Rebuilding(before, grounds.database(), "sessions");
            rebuilding.awaitCaughtUp(rebuilding.live());
        }
        try (var running = grounds.projectors().start(HEAP_MIB, FORGET, SMALL_CACHES)) {
            running.awaitHealthy();
            double seconds = new Rebuilding(running, grounds.database(), "sessions").run();
            double peak = Processes.peakKib(running.process().pid()) / MEBI;
            progress.say("growth: %,d records in %.1f s, %.0f MiB at most", records, seconds, peak);
            return new Measured(seconds, peak);
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
