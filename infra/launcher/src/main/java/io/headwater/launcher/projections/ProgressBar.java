package io.headwater.launcher.projections;

import java.io.PrintStream;
import java.time.Duration;

/// How far a generation is: one line that is drawn again in a terminal; elsewhere a line at each
/// change of its state, and now and then.
final class ProgressBar {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int NARROWEST = 40;
    private static final String CLEAR_TO_END = "\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private final int width;

    private String lastState = "";
    private long lastLine;
    private boolean drawn;

    /// @param terminal a line can be drawn over
    /// @param width characters of a line in it
    ProgressBar(PrintStream out, boolean terminal, int width) {
        this.out = out;
        this.terminal = terminal;
        this.width = Math.max(NARROWEST, width);
    }

    void show(Generation one) {
        if (terminal) {
            out.print("\r" + cut(line(one, true)) + CLEAR_TO_END);
            out.flush();
            drawn = true;
            return;
        }
        long now = System.nanoTime();
        if (!one.state().equals(lastState) || now - lastLine >= BETWEEN_LINES.toNanos()) {
            lastState = one.state();
            lastLine = now;
            out.println(line(one, false));
        }
    }

    /// A line of its own, in between.
    void say(String text) {
        end();
        out.println(text);
    }

    /// What comes next begins on a new line.
    void end() {
        if (drawn) {
            out.println();
            drawn = false;
        }
    }

    String line(Generation one, boolean withBar) {
        var line = new StringBuilder();
        line.append(one.name()).append(" g").append(one.number()).append(' ').append(one.state());
        if (!one.step().isEmpty()) {
            line.append(" (").append(one.step()).append(')');
        }
        if (one.isOnItsWay() && one.total() > 0) {
            long percent = Texts.percent(one.done(), one.total());
            if (withBar) {
                line.append(' ').append(bar(percent));
            }
            line.append(' ').append(percent).append(" %");
            one.eta().ifPresent(eta -> line.append(", ETA ").append(Texts.clock(eta)));
            one.perSecond()
                    .ifPresent(rate -> line.append(", ").append(Texts.count(rate)).append("/s"));
            line.append(", ")
                    .append(Texts.count(one.done()))
                    .append(" of ")
                    .append(Texts.count(one.total()));
        }
        line.append(", lag age ").append(Texts.age(one.lagAgeMillis()));
        one.rateLimit()
                .ifPresent(limit ->
                        line.append(", limited to ").append(Texts.count(limit)).append("/s"));
        if (one.isOnItsWay() && !one.isAlive()) {
            line.append(", no heartbeat");
        }
        return line.toString();
    }

    private String bar(long percent) {
        int cells = Math.clamp(width - 90, 10, 30);
        int full = Math.toIntExact(percent * cells / 100);
        return "[" + "#".repeat(full) + "-".repeat(cells - full) + "]";
    }

    /// A line that wraps cannot be drawn over.
    private String cut(String line) {
        return line.length() < width ? line : line.substring(0, width - 1);
    }
}
