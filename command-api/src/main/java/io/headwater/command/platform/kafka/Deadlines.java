package io.headwater.command.platform.kafka;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Fails what is not done within a limit that is the same for all.
///
/// One look every tenth of a second at the oldest ones, in place of a timer for each, which costs
/// twenty microseconds of CPU to set and to take back: five in a hundred of what a request costs.
final class Deadlines implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(100);

    private final long limitNanos;
    private final Queue<Watched> watched = new ConcurrentLinkedQueue<>();
    private @Nullable ScheduledExecutorService clock;

    private record Watched(CompletableFuture<Void> done, long due) {}

    Deadlines(Duration limit) {
        limitNanos = limit.toNanos();
    }

    void watch(CompletableFuture<Void> done) {
        watched.add(new Watched(done, System.nanoTime() + limitNanos));
    }

    void start() {
        var fresh =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("intake-deadlines").daemon().factory());
        var unused =
                fresh.scheduleWithFixedDelay(
                        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        clock = fresh;
    }

    /// The oldest come first: whoever is neither done nor late ends the look.
    void look() {
        long now = System.nanoTime();
        for (var oldest = watched.peek();
                oldest != null && (oldest.done().isDone() || now - oldest.due() >= 0);
                oldest = watched.peek()) {
            watched.remove();
            if (!oldest.done().isDone()) {
                oldest.done()
                        .completeExceptionally(
                                new LogUnavailableException(
                                        "the log did not confirm in time", null));
            }
        }
    }

    /// What still waits is failed by whoever stops the log.
    @Override
    public void close() {
        if (clock != null) {
            clock.shutdownNow();
            clock = null;
        }
    }
}
