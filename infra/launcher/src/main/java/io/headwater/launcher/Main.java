package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.launcher.demo.DemoException;
import io.headwater.launcher.erase.Erase;
import io.headwater.launcher.erase.Export;
import io.headwater.launcher.erase.RetentionCommand;
import io.headwater.launcher.erase.Suppress;
import io.headwater.launcher.erase.SweepCommand;
import io.headwater.launcher.imports.Import;
import io.headwater.launcher.imports.ImportException;
import io.headwater.launcher.keys.RebuildKey;
import io.headwater.launcher.projections.Operator;
import java.util.List;

/// What `./headwater` runs. Ends with 0 when it did what was asked; otherwise the reason stands on
/// standard error, and what was started is stopped.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /// @return the exit status
    static int run(String... args) {
        try {
            if (args.length > 0 && args[0].equals("import")) {
                return Import.run(List.of(args).subList(1, args.length), System.getenv());
            }
            if (args.length > 0 && Operator.knows(args[0])) {
                return Operator.run(List.of(args), System.getenv());
            }
            if (args.length > 0 && args[0].equals("rebuild-key")) {
                return RebuildKey.run(List.of(args).subList(1, args.length));
            }
            if (args.length > 0 && args[0].equals("erase")) {
                return Erase.run(List.of(args).subList(1, args.length));
            }
            if (args.length > 0 && args[0].equals("export")) {
                return Export.run(List.of(args).subList(1, args.length));
            }
            if (args.length > 0 && args[0].equals("suppress")) {
                return Suppress.run(List.of(args).subList(1, args.length));
            }
            if (args.length > 0 && args[0].equals("sweep")) {
                return SweepCommand.run(List.of(args).subList(1, args.length));
            }
            if (args.length > 0 && args[0].equals("retention")) {
                return RetentionCommand.run(List.of(args).subList(1, args.length));
            }
            Options options = Options.parse(args);
            return switch (options.command()) {
                case UP -> new Up(options).run();
                case DOWN -> new Down(options).run();
                case STATUS -> new Status(options).run();
                case DOCTOR -> new Consult(options, System.getenv()).run();
                case RESTORE -> new RestoreLog(options, System.getenv()).run();
            };
        } catch (Options.Mistake | BackendException | DemoException | ImportException e) {
            System.err.println("headwater: " + e.getMessage());
            return 1;
        } catch (RuntimeException | Error e) {
            // A full disk, say. Without an exit now a half-started platform would stay for ever.
            System.err.println("headwater: " + e);
            e.printStackTrace();
            return 1;
        }
    }
}
