package io.headwater.archive.restore;

import io.headwater.schema.LogEpoch;
import java.io.PrintStream;
import java.util.Locale;

/// A line every few seconds, and one for each topic.
final class PrintedProgress implements RestoreProgress {

    private static final long EVERY_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final long began = System.nanoTime();
    private long total;
    private long written;
    private long said = began;

    PrintedProgress(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void began(LogEpoch epoch, long offsets) {
        total = offsets;
        out.printf(Locale.ROOT, "epoch %d: %,d offsets to restore%n", epoch.number(), offsets);
    }

    @Override
    public synchronized void wrote(long offsets) {
        written += offsets;
        long now = System.nanoTime();
        if (now - said >= EVERY_NANOS) {
            said = now;
            out.printf(
                    Locale.ROOT,
                    "%3d %%  %,d of %,d offsets, %,d/s%n",
                    100 * written / Math.max(1, total),
                    written,
                    total,
                    (long) (written / ((now - began) / 1e9)));
        }
    }

    @Override
    public synchronized void begins(String partition, long offset, String reason) {
        out.printf(
                "%s begins at offset %d: nothing before it is in the archive any more: %s%n",
                partition, offset, reason);
    }

    @Override
    public synchronized void gone(String partition, long first, long last, String reason) {
        out.printf(
                "%s: offsets %d … %d are not in the archive any more: %s%n",
                partition, first, last, reason);
    }

    @Override
    public synchronized void done(String topic, boolean kept) {
        out.println(topic + (kept ? " is there from before" : " is there"));
    }
}
