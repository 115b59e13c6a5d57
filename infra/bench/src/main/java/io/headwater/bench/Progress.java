package io.headwater.bench;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;

/// What a person sees meanwhile, on standard error.
record Progress(PrintStream out) {

    void say(String format, Object... values) {
        out.println(
                LocalTime.now().truncatedTo(ChronoUnit.SECONDS)
                        + "  "
                        + String.format(format, values));
    }
}
