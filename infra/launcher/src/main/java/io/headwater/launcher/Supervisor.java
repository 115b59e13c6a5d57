package io.headwater.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Starts a process again when it ends by itself; gives up when one does so, or fails to start, too
/// often.
final class Supervisor {
    private static final int RESTARTS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Map<String, Deque<Instant>> restarts = new HashMap<>();
    private final CompletableFuture<String> givenUp = new CompletableFuture<>();
    private final Progress progress;
    private final Duration pause;
    private volatile boolean stopping;

    Supervisor(Progress progress) {
        this(progress, PAUSE);
    }

    /// @param pause between a start that failed and the next
    Supervisor(Progress progress, Duration pause) {
        this.progress = progress;
        this.pause = pause;
    }

    /// Completes with the reason when a component cannot be kept running.
    CompletableFuture<String> givenUp() {
        return givenUp;
    }

    /// From now on the end of a process is what we want.
    void stopWatching() {
        stopping = true;
    }

    boolean isStopping() {
        return stopping;
    }

    /// @param exit the end of the process that runs now
    /// @param restart starts it again and returns the end of the new one
    void watch(
            String name,
            CompletableFuture<Integer> exit,
            Supplier<CompletableFuture<Integer>> restart) {
        exit.thenAcceptAsync(
                status -> startAgain(name, "ended with status " + status, restart),
                task -> Thread.ofPlatform().daemon().name("restart-" + name).start(task));
    }

    private void startAgain(String name, String why, Supplier<CompletableFuture<Integer>> restart) {
        String reason = why;
        while (!stopping) {
            if (!mayRestart(name, Instant.now())) {
                givenUp.complete(
                        "%s %s, for the %dth time in %d minutes"
                                .formatted(name, reason, RESTARTS + 1, WITHIN.toMinutes()));
                return;
            }
            progress.step(name, reason + "; starting it");
            try {
                CompletableFuture<Integer> exit = restart.get();
                progress.step(name, "ready again");
                watch(name, exit, restart);
                return;
            } catch (RuntimeException | Error e) {
                reason = "does not come back: " + e.getMessage();
                LockSupport.parkNanos(pause.toNanos());
            }
        }
    }

    /// Counts this restart; false when there were too many lately.
    synchronized boolean mayRestart(String name, Instant now) {
        Deque<Instant> past = restarts.computeIfAbsent(name, _ -> new ArrayDeque<>());
        while (!past.isEmpty() && past.getFirst().isBefore(now.minus(WITHIN))) {
            past.removeFirst();
        }
        past.addLast(now);
        return past.size() <= RESTARTS;
    }
}
