package io.headwater.launcher;

import io.headwater.backends.Kill;
import io.headwater.backends.Postmaster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// Processes of an earlier launcher that did not get to stop them.
///
/// They end by themselves, since their standard input is gone; this waits for that and kills what
/// does not.
final class Leftovers {
    private final Duration patience;

    Leftovers(Duration patience) {
        this.patience = patience;
    }

    /// Returns when nothing runs on this data any more; the caller holds its lock.
    void reap(DataFolder data) {
        List<Pids.Entry> running =
                Pids.read(data.pids()).entries().stream()
                        .filter(entry -> entry.process().isPresent())
                        .filter(entry -> entry.pid() != ProcessHandle.current().pid())
                        .toList();
        for (Pids.Entry entry : running) {
            System.out.println(
                    "waiting for " + entry.name() + " of an earlier run, pid " + entry.pid());
            entry.process().ifPresent(this::awaitOrKill);
        }
        Path postgres = data.root().resolve("postgres");
        endStarters(postgres);
        Postmaster.in(postgres).ifPresent(Postmaster::kill);
        DataFolder.delete(data.pids());
        DataFolder.delete(data.runFile());
    }

    /// `initdb` and `pg_ctl` outlive a parent that is killed, and would bring a server up on this
    /// data later.
    private void endStarters(Path postgres) {
        ProcessHandle.allProcesses()
                .filter(process -> isStarter(process, postgres))
                .forEach(starter -> {
                    starter.descendants().forEach(ProcessHandle::destroyForcibly);
                    starter.destroyForcibly();
                    Kill.ended(starter, patience);
                });
    }

    /// `initdb` works on `postgres-unfinished-…`, which gets its final name later.
    private static boolean isStarter(ProcessHandle process, Path postgres) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        String option = "--pgdata=" + postgres;
        return Stream.of(arguments)
                .anyMatch(word -> word.equals(option) || word.startsWith(option + "-unfinished-"));
    }

    private void awaitOrKill(ProcessHandle process) {
        if (!Kill.ended(process, patience)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Kill.ended(process, patience);
        }
    }
}
