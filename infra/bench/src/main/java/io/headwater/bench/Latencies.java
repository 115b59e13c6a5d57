package io.headwater.bench;

import java.util.Arrays;

/// Durations of a bounded number of calls, kept whole: percentiles are exact. Safe for many threads
/// as long as each index is written once.
final class Latencies {

    private final long[] nanos;

    Latencies(int size) {
        nanos = new long[size];
        Arrays.fill(nanos, -1);
    }

    void set(int index, long durationNanos) {
        nanos[index] = durationNanos;
    }

    int count() {
        return (int) Arrays.stream(nanos).filter(value -> value >= 0).count();
    }

    /// @param fraction for example 0.99; nearest rank
    /// @return milliseconds; NaN when nothing was measured
    double percentileMillis(double fraction) {
        long[] sorted = Arrays.stream(nanos).filter(value -> value >= 0).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(fraction * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }
}
