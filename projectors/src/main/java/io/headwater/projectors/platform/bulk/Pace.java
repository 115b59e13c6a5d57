package io.headwater.projectors.platform.bulk;

import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/// Reads no faster than it may.
final class Pace {

    private static final double NANOS = 1e9;

    /// After it the limit is looked up again.
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final IntSupplier limit;
    private double owed;
    private long since = System.nanoTime();

    /// @param limit records per second; 0: none
    Pace(IntSupplier limit) {
        this.limit = limit;
    }

    /// @param records read since the last call
    void keep(long records) throws InterruptedException {
        owed += records;
        int perSecond = limit.getAsInt();
        while (perSecond > 0) {
            long now = System.nanoTime();
            owed = Math.max(0, owed - (now - since) / NANOS * perSecond);
            since = now;
            if (owed < 1) {
                return;
            }
            long wait = Math.min(LONGEST_NANOS, (long) (owed * NANOS / perSecond));
            TimeUnit.NANOSECONDS.sleep(wait);
            perSecond = limit.getAsInt();
        }
        owed = 0;
        since = System.nanoTime();
    }
}
