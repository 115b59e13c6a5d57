package io.headwater.command.state;

import java.io.IOException;
import java.io.PrintStream;

/// `./headwater audit leads|access`: ends with 0 when the stores are what the events say, with 1
/// when they are not, with 2 when that cannot be told.
public final class AuditMain {

    private AuditMain() {}

    public static void main(String... args) {
        System.exit(run(args, System.out, System.err));
    }

    static int run(String[] args, PrintStream out, PrintStream err) {
        try {
            var options = StateOptions.parse(args, System.getenv());
            try (var archive = options.openArchive();
                    var vault = options.openVault()) {
                var report = Audits.run(options.history(vault), options.source(archive), options);
                Audits.print(report, out);
                return report.holds() ? 0 : 1;
            }
        } catch (IOException | RuntimeException fault) {
            err.println("headwater: the audit could not be made: " + fault.getMessage());
            return 2;
        }
    }
}
