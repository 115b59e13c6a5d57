package io.headwater.projectors.platform.sink;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// When the next attempt is due: 100 ms, doubling, up to a limit, with a quarter of jitter.
final class BackOff {

    private static final long FIRST_NANOS = Duration.ofMillis(100).toNanos();
    private static final long STEP_NANOS = Duration.ofMillis(50).toNanos();

    private final long maxNanos;
    private long waitNanos = FIRST_NANOS;
    private long due = System.nanoTime();

    BackOff(Duration max) {
        maxNanos = max.toNanos();
    }

    void failed() {
        due = System.nanoTime() + waitNanos + ThreadLocalRandom.current().nextLong(waitNanos / 4);
        waitNanos = Math.min(2 * waitNanos, maxNanos);
    }

    boolean isOver() {
        return System.nanoTime() - due >= 0;
    }

    void reset() {
        waitNanos = FIRST_NANOS;
    }

    /// Counts a failure and waits.
    void await(BooleanSupplier cancelled) {
        failed();
        while (!isOver() && !cancelled.getAsBoolean()) {
            LockSupport.parkNanos(STEP_NANOS);
        }
    }
}
