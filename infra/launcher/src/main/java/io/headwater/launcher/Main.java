package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.launcher.demo.DemoException;

/// What `./headwater` runs. Ends with 0 when it did what was asked; otherwise the reason stands on
/// standard error.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        try {
            Options options = Options.parse(args);
            return switch (options.command()) {
                case UP -> new Up(options).run();
                case DOWN -> new Down(options).run();
                case STATUS -> new Status(options).run();
            };
        } catch (Options.Mistake | BackendException | DemoException e) {
            System.err.println("headwater: " + e.getMessage());
            return 1;
        }
    }
}
