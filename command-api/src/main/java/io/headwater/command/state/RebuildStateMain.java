package io.headwater.command.state;

import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateRebuild;
import java.io.IOException;
import java.io.PrintStream;

/// `./headwater rebuild-state lead|access`: all stores of a decider anew from its events. Ends with
/// 0 when they are what the events say afterwards, with 1 when they are not, with 2 when it could
/// not begin or not go on.
///
/// Needs Kafka and the registry, and that no command-api runs:
///
///     RebuildStateMain lead --bootstrap HOST:PORT --registry URL [--work DIR] [--dry-run]
///         [--with-gaps]
///
/// Where Kafka does not have all events any more, the archive of `S3_ENDPOINT`, `S3_ACCESS_KEY`,
/// `S3_SECRET_KEY`, `S3_BUCKET` has them.
public final class RebuildStateMain {

    private RebuildStateMain() {}

    public static void main(String... args) {
        System.exit(run(args, System.out, System.err));
    }

    /// @return the exit status
    public static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            var options = StateOptions.parse(args, System.getenv());
            try (var archive = options.openArchive();
                    var vault = options.openVault()) {
                return run(options, options.history(vault), options.source(archive), out);
            }
        } catch (IOException | RuntimeException fault) {
            err.println("headwater: the state could not be rebuilt: " + fault.getMessage());
            return 2;
        }
    }

    static int run(
            StateOptions options,
            DeciderHistory<?, ?> history,
            EventSource source,
            PrintStream out) {
        out.println("the stores of " + history.name() + " as they are:");
        var before = Audits.run(history, source, options);
        Audits.print(before, out);
        if (options.dryRun()) {
            return before.holds() ? 0 : 1;
        }
        var done = new StateRebuild(history, source, options.work(), out::println).run();
        out.printf("rebuilt; %d entities have events that are not whole%n", done.broken().size());
        var after = Audits.run(history, source, options);
        Audits.print(after, out);
        return after.holds() ? 0 : 1;
    }
}
