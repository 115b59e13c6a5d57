package io.headwater.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// When a process started, as a word that means the same in every JVM of this machine.
///
/// On Linux the clock ticks since boot and the boot they belong to. The JDK's instants add the
/// moment of the boot to the ticks, in whole seconds and as the clock stands now: once the clock
/// was set, two JVMs tell different ones of one process. Elsewhere milliseconds since 1970.
final class ProcessStart {
    private static final long CLOCK_TOLERANCE_MILLIS = 5_000;

    /// Fields of `/proc/PID/stat` after the name, which may hold blanks and parentheses.
    private static final int TICKS_AFTER_NAME = 19;

    private static final String UNKNOWN = "0";

    private ProcessStart() {}

    /// `0` when there is no such process.
    static String of(long pid) {
        Path stat = Path.of("/proc", String.valueOf(pid), "stat");
        try {
            if (Files.exists(Path.of("/proc/self/stat"))) {
                String line = Files.readString(stat);
                String ticks =
                        line.substring(line.lastIndexOf(')') + 2).split(" ")[TICKS_AFTER_NAME];
                return ticks + "@" + boot();
            }
        } catch (IOException ended) {
            return UNKNOWN;
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toEpochMilli)
                .map(String::valueOf)
                .orElse(UNKNOWN);
    }

    /// Whether both are of one process, given that they are of one process id.
    static boolean isSame(String one, String other) {
        if (one.equals(UNKNOWN) || other.equals(UNKNOWN)) {
            return false;
        }
        return one.equals(other) || areClose(one, other);
    }

    private static boolean areClose(String one, String other) {
        return isMillis(one)
                && isMillis(other)
                && Math.abs(Long.parseLong(one) - Long.parseLong(other)) <= CLOCK_TOLERANCE_MILLIS;
    }

    private static boolean isMillis(String start) {
        return start.matches("\\d+");
    }

    private static String boot() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
