package io.headwater.launcher.projections;

import java.util.Locale;

/// Figures as people read them.
final class Texts {
    private Texts() {}

    /// `1,234,567`.
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `0:07`, `1:02:03`.
    static String clock(long seconds) {
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / 3_600,
                        seconds / 60 % 60,
                        seconds % 60);
    }

    /// `40 ms`, `3.2 s`, then as a clock.
    static String age(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        return millis < 60_000
                ? String.format(Locale.ROOT, "%.1f s", millis / 1_000.0)
                : clock(millis / 1_000);
    }

    /// Whole percent; 100 only when all is done.
    ///
    /// @param total above 0
    static long percent(long done, long total) {
        return Math.floorDiv(done * 100, total);
    }
}
