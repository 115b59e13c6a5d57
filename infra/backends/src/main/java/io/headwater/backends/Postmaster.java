package io.headwater.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Postgres that runs on a data directory, as its `postmaster.pid` names it.
///
/// The file outlives a crash and process ids are used again, so a process counts only when it is a
/// `postgres` started with this very directory.
public record Postmaster(ProcessHandle process) {

    /// The running postmaster of this directory, if there is one.
    public static Optional<Postmaster> in(Path dataDirectory) {
        List<String> lines;
        try {
            lines = Files.readAllLines(dataDirectory.resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BackendException("unreadable postmaster.pid in " + dataDirectory, e);
        }
        if (lines.size() < 2 || !lines.getFirst().strip().matches("\\d+")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> serves(process, dataDirectory))
                .map(Postmaster::new);
    }

    public long pid() {
        return process.pid();
    }

    /// `kill -9` of the postmaster and its workers; returns when they are gone.
    public void kill() {
        var all = new ArrayList<>(process.descendants().toList());
        all.addFirst(process);
        Kill.all(all);
    }

    private static boolean serves(ProcessHandle process, Path dataDirectory) {
        String command = process.info().commandLine().orElse("");
        return command.contains("postgres") && command.contains(dataDirectory.toString());
    }
}
