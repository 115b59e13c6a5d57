package io.headwater.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/// (c) From the acknowledgement of an event to the first answer of the query API that counts it,
/// while 500 events a second pass.
final class FreshnessPart {

    static final int PER_SECOND = 500;
    private static final int SESSIONS = 200;
    private static final int PROBES = 20;
    private static final long PROBE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(8);
    private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Platform platform;
    private final Options options;
    private final Progress progress;

    FreshnessPart(Platform platform, Options options, Progress progress) {
        this.platform = platform;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException {
        var latencies = sample();
        details.put("samples", latencies.count());
        details.put("events_per_second", PER_SECOND);
        return List.of(
                Figure.plain("freshness_p50", "ms", latencies.percentileMillis(0.5)),
                Figure.atMost("freshness_p99", "ms", latencies.percentileMillis(0.99), 400));
    }

    /// @return ten samples of each second of `freshnessSeconds`, after a warm-up
    Latencies sample() throws IOException, InterruptedException {
        var sessions = Visits.start(platform.commandApi(), 10_000, SESSIONS);
        progress.say("freshness: %d events/s, warming up", PER_SECOND);
        int warmUp = PER_SECOND * Math.max(2, options.freshnessSeconds() / 4);
        OpenLoop.run(platform.commandApi(), sessions, 16, PER_SECOND, warmUp);
        int rounds = (int) (options.freshnessSeconds() * 1_000_000_000L / PROBE_EVERY_NANOS);
        var latencies = new Latencies(PROBES * rounds);
        progress.say("freshness: %d samples", PROBES * rounds);
        long start = System.nanoTime() + PROBE_EVERY_NANOS;
        Crew.run(
                "freshness",
                PROBES + 1,
                worker -> {
                    if (worker == PROBES) {
                        OpenLoop.run(
                                platform.commandApi(),
                                sessions,
                                16,
                                PER_SECOND,
                                PER_SECOND * (options.freshnessSeconds() + 2));
                    } else {
                        probe(worker, rounds, start, latencies);
                    }
                });
        return latencies;
    }

    private void probe(int worker, int rounds, long start, Latencies latencies) throws IOException {
        try (var command = Platform.connect(platform.commandApi());
                var query = Platform.connect(platform.queryApi())) {
            String session = Visits.start(command, 20_000 + worker);
            await(query, session, 0);
            for (int round = 0; round < rounds; round++) {
                OpenLoop.await(
                        start + round * PROBE_EVERY_NANOS + worker * PROBE_EVERY_NANOS / PROBES);
                int before = events(query, session);
                OpenLoop.post(command, Visits.click(session, round));
                long acknowledged = System.nanoTime();
                OpenLoop.await(acknowledged + FIRST_LOOK_NANOS);
                await(query, session, before + 1);
                latencies.set(worker * rounds + round, System.nanoTime() - acknowledged);
            }
        }
    }

    private void await(KeepAlive query, String session, int events) throws IOException {
        long deadline = System.nanoTime() + GIVE_UP_NANOS;
        while (events(query, session) < events) {
            if (System.nanoTime() > deadline) {
                throw new IOException("an acknowledged event was not visible within a minute");
            }
            OpenLoop.await(System.nanoTime() + LOOK_EVERY_NANOS);
        }
    }

    /// @return -1 while the session is not there
    private int events(KeepAlive query, String session) throws IOException {
        var answer = query.get("/replay/sessions/" + session, platform.adminHeader());
        return answer.status() == 200
                ? Platform.json(answer.body()).path("event_count").intValue()
                : -1;
    }
}
