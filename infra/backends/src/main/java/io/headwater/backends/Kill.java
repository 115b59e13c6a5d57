package io.headwater.backends;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// `kill -9`, and the certainty that it worked.
public final class Kill {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(20);

    private Kill() {}

    /// Kills these and returns when none is left.
    static void all(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Kill::awaitEnd);
    }

    /// Whether the process ended within the limit, or had before.
    ///
    /// In a container without an init nobody waits for orphans: such a one is still listed, but has
    /// no command any more. It has ended.
    public static boolean ended(ProcessHandle process, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (process.isAlive() && process.info().command().isPresent()) {
            if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static void awaitEnd(ProcessHandle process) {
        if (!ended(process, LIMIT) && !Thread.currentThread().isInterrupted()) {
            throw new BackendException("process " + process.pid() + " survives kill -9");
        }
    }
}
