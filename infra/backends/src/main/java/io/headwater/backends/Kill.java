package io.headwater.backends;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// `kill -9`, and the certainty that it worked.
final class Kill {
    private static final int LIMIT_SECONDS = 60;

    private Kill() {}

    /// Kills these and returns when none is left.
    static void all(List<ProcessHandle> processes) {
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(Kill::awaitEnd);
    }

    private static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // In a container without an init nobody waits for orphans: ended, without a command,
            // but still listed.
            if (process.info().command().isPresent()) {
                throw new BackendException("process " + process.pid() + " survives kill -9", e);
            }
        }
    }
}
