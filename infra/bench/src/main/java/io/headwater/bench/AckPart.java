package io.headwater.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.node.ObjectNode;

/// (a) What HTTP costs: acknowledged posts per second at 64 connections ÷ records per second of a
/// bare producer with 64 outstanding, in turns; and the latency of a steady rate.
///
/// Measured twice: the command API with nothing behind Kafka, as the bare producer has it too, and
/// with all that reads those events running beside it on the same cores.
final class AckPart {

    static final int OUTSTANDING = 64;
    private static final int STEADY_PER_SECOND = 2_000;

    private final String suffix;
    private final Platform platform;
    private final Options options;
    private final Progress progress;

    /// @param suffix of the figures' names; those without one are held against the targets
    AckPart(String suffix, Platform platform, Options options, Progress progress) {
        this.suffix = suffix;
        this.platform = platform;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException {
        var sessions = Visits.start(platform.commandApi(), 0, OUTSTANDING);
        Duration half = Duration.ofSeconds(options.seconds());
        String bootstrap = platform.told().path("kafka").stringValue();
        try (var bare = new BareProducer(bootstrap, OUTSTANDING)) {
            progress.say("ack%s: warming up", suffix);
            http(sessions, half.multipliedBy(2));
            bare.run(half);
            var ratios = new ArrayList<Double>();
            var rates = details.putArray("rounds");
            for (int round = 0; round < options.rounds(); round++) {
                double bareBefore = bare.run(half.dividedBy(2));
                double http = http(sessions, half);
                double bareAfter = bare.run(half.dividedBy(2));
                double producer = (bareBefore + bareAfter) / 2;
                ratios.add(http / producer);
                progress.say(
                        "ack: %,.0f posts/s, bare producer %,.0f records/s, ratio %.2f",
                        http, producer, http / producer);
                rates.addObject()
                        .put("http_acks_per_second", Math.round(http))
                        .put("bare_records_per_second", Math.round(producer));
            }
            details.put("record_bytes", bare.recordBytes());
            progress.say("ack: %,d/s by schedule", STEADY_PER_SECOND);
            var steady =
                    OpenLoop.run(
                            platform.commandApi(),
                            sessions,
                            OUTSTANDING,
                            STEADY_PER_SECOND,
                            STEADY_PER_SECOND * options.seconds() * 2);
            double p50 = steady.percentileMillis(0.5);
            double p99 = steady.percentileMillis(0.99);
            return suffix.isEmpty()
                    ? List.of(
                            Figure.atLeast("ack_ratio", "ratio", median(ratios), 0.35),
                            Figure.plain("ack_p50_at_2000_per_second", "ms", p50),
                            Figure.atMost("ack_p99_at_2000_per_second", "ms", p99, 20))
                    : List.of(
                            Figure.plain("ack_ratio" + suffix, "ratio", median(ratios)),
                            Figure.plain("ack_p50_at_2000_per_second" + suffix, "ms", p50),
                            Figure.plain("ack_p99_at_2000_per_second" + suffix, "ms", p99));
        }
    }

    private double http(List<String> sessions, Duration duration) throws InterruptedException {
        var acks = new LongAdder();
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        Crew.run(
                "ack",
                OUTSTANDING,
                worker -> {
                    try (var api = Platform.connect(platform.commandApi())) {
                        for (long i = worker; System.nanoTime() < end; i += OUTSTANDING) {
                            OpenLoop.post(api, Visits.click(sessions.get(worker), i));
                            acks.increment();
                        }
                    }
                });
        return acks.sum() / ((System.nanoTime() - start) / 1e9);
    }

    static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
