package io.headwater.bench;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Events at a fixed rate by a schedule that does not wait for answers: latency counts from the
/// time a call was due, so that a stall is charged to every call behind it.
final class OpenLoop {

    private OpenLoop() {}

    /// @param perSecond calls
    /// @param count calls altogether
    /// @throws IllegalStateException when a call is not answered with 200
    static Latencies run(
            URI commandApi, List<String> sessions, int connections, int perSecond, int count)
            throws InterruptedException {
        var latencies = new Latencies(count);
        var next = new AtomicInteger();
        long start = System.nanoTime() + 50_000_000;
        long step = 1_000_000_000L / perSecond;
        Crew.run(
                "open-loop",
                connections,
                worker -> {
                    try (var api = Platform.connect(commandApi)) {
                        for (int i = next.getAndIncrement();
                                i < count;
                                i = next.getAndIncrement()) {
                            long due = start + i * step;
                            await(due);
                            post(api, Visits.click(sessions.get(i % sessions.size()), i));
                            latencies.set(i, System.nanoTime() - due);
                        }
                    }
                });
        return latencies;
    }

    static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    static void post(KeepAlive api, String event) throws IOException {
        var answer = api.post("/track/event", event);
        if (answer.status() != 200) {
            throw new IOException("an event was answered with " + answer.status());
        }
    }
}
