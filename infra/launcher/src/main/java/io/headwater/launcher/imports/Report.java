package io.headwater.launcher.imports;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Says how far it is: a line now and then while it runs, the sums at the end.
final class Report {

    /// Refusals told one by one; the file of refused rows has them all.
    private static final int TOLD = 10;

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final PrintStream err;
    private final long total;
    private final long started = System.nanoTime();
    private final long skippedRows;
    private final Map<String, Long> counts;
    private long told = started;
    private long bytesAtStart = -1;
    private long rows;
    private int refusals;

    /// @param total bytes of the file
    /// @param skippedRows done before, by a run that was interrupted
    /// @param counts of that run
    Report(PrintStream err, long total, long skippedRows, Map<String, Long> counts) {
        this.err = err;
        this.total = total;
        this.skippedRows = skippedRows;
        this.counts = new TreeMap<>(counts);
        this.rows = skippedRows;
    }

    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    long rows() {
        return rows;
    }

    void count(Verdict verdict) {
        rows++;
        counts.merge(verdict.word(), 1L, Long::sum);
    }

    /// @param line of the file
    void refused(long line, Verdict verdict) {
        refusals++;
        if (refusals <= TOLD) {
            err.println("line " + line + ": " + verdict.reason() + " (" + verdict.code() + ")");
        } else if (refusals == TOLD + 1) {
            err.println("more refused rows are only written down");
        }
    }

    /// @param bytes of the file that were read
    void tell(long bytes) {
        if (bytesAtStart < 0) {
            // of a run from the beginning what is buffered by now counts as its own
            bytesAtStart = skippedRows == 0 ? 0 : bytes;
        }
        long now = System.nanoTime();
        if (now - told < BETWEEN.toNanos()) {
            return;
        }
        told = now;
        double seconds = (now - started) / 1e9;
        double perSecond = (rows - skippedRows) / seconds;
        double bytesPerSecond = (bytes - bytesAtStart) / seconds;
        String left = bytesPerSecond <= 0 ? "?" : clock((long) ((total - bytes) / bytesPerSecond));
        err.printf(
                Locale.ROOT,
                "%,d rows, %d %%, %,.0f rows/s, %s left%n",
                rows,
                total == 0 ? 100 : bytes * 100 / total,
                perSecond,
                left);
    }

    private static String clock(long seconds) {
        return "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /// @return one line: how many, and what became of them
    String sums() {
        var text = new StringBuilder().append(rows).append(rows == 1 ? " row" : " rows");
        counts.forEach((word, count) ->
                text.append(text.indexOf(":") < 0 ? ": " : ", ")
                        .append(count)
                        .append(' ')
                        .append(word));
        return text.toString();
    }

    boolean refusals() {
        return counts.getOrDefault(Verdict.REFUSED, 0L) > 0;
    }
}
