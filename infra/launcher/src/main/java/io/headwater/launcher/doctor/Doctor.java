package io.headwater.launcher.doctor;

import io.headwater.launcher.doctor.Finding.Level;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks at everything and tells what is unsafe. Changes nothing.
///
/// @param root the data folder
/// @param secret files that only their owner may read
/// @param ports of what runs, by name of the component; empty when nothing runs
/// @param database null when nothing runs
/// @param settings environment variables
public record Doctor(
        Path root,
        List<Path> secret,
        Map<String, Integer> ports,
        @Nullable Database database,
        Map<String, String> settings) {

    private static final Path PROC = Path.of("/proc/net");

    /// Where Postgres is.
    public record Database(String jdbcUrl, String user, String password) {}

    /// @return the exit status: 1 when something is unsafe, else 0
    public int run(PrintStream out) throws IOException {
        var findings = findings();
        for (var one : findings) {
            out.printf("%-8s %-9s %s%n", word(one.level()), one.about(), one.what());
            if (!one.remedy().isEmpty()) {
                out.printf("%-18s → %s%n", "", one.remedy());
            }
        }
        long unsafe = count(findings, Level.UNSAFE);
        long warnings = count(findings, Level.WARNING);
        out.println(
                unsafe + warnings == 0
                        ? "nothing unsafe found"
                        : "%d unsafe, %d to look at".formatted(unsafe, warnings));
        return unsafe == 0 ? 0 : 1;
    }

    private List<Finding> findings() throws IOException {
        List<Finding> findings = new ArrayList<>(PrivateFiles.findings(root, secret));
        findings.add(Room.finding(root));
        findings.addAll(Environment.findings(settings));
        var running = database;
        if (running == null) {
            findings.add(
                    Finding.warning(
                            "platform",
                            "Headwater does not run on "
                                    + root
                                    + ": ports and PostgreSQL were not looked at",
                            "./headwater up, then ask again"));
        } else {
            findings.addAll(Listeners.findings(PROC, ports));
            findings.addAll(
                    PostgresSafety.findings(running.jdbcUrl(), running.user(), running.password()));
        }
        return findings;
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(one -> one.level() == level).count();
    }

    private static String word(Level level) {
        return switch (level) {
            case OK -> "ok";
            case WARNING -> "look at";
            case UNSAFE -> "UNSAFE";
        };
    }
}
