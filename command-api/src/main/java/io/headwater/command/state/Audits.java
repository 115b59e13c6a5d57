package io.headwater.command.state;

import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateAudit;
import java.io.PrintStream;

/// An audit, and its report for people.
final class Audits {

    private static final int MOST_SHOWN = 100;

    private Audits() {}

    static StateAudit.Report run(
            DeciderHistory<?, ?> history, EventSource source, StateOptions options) {
        return new StateAudit<>(history, source, options.site()).run(options.limit());
    }

    static void print(StateAudit.Report report, PrintStream out) {
        out.printf("events  %d%n", report.events());
        report.stores()
                .forEach((store, count) ->
                        out.printf(
                                "%-14s  %d by the events, %d in the store%n",
                                store, count.folded(), count.stored()));
        out.printf("differ  %d%n", report.differences().size());
        report.differences().entrySet().stream()
                .limit(MOST_SHOWN)
                .forEach(one -> out.printf("%s  %s%n", one.getKey(), one.getValue()));
        if (report.differences().size() > MOST_SHOWN) {
            out.printf("… and %d more%n", report.differences().size() - MOST_SHOWN);
        }
    }
}
