package io.headwater.launcher;

import io.headwater.backends.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// `run/pids`: one line per component, `name pid start port`.
///
/// Process ids are used again, so an entry names a process only together with its [ProcessStart].
record Pids(List<Entry> entries) {

    record Entry(String name, long pid, String start, int port) {

        static Entry of(String name, long pid, int port) {
            return new Entry(name, pid, ProcessStart.of(pid), port);
        }

        /// The process this entry was written for, if it still runs.
        Optional<ProcessHandle> process() {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    // One that has ended but was not waited for has no command.
                    .filter(process -> process.info().command().isPresent())
                    .filter(_ -> ProcessStart.isSame(start, ProcessStart.of(pid)));
        }

        private String line() {
            return name + " " + pid + " " + start + " " + port + "\n";
        }
    }

    static Pids read(Path file) {
        var entries = new ArrayList<Entry>();
        try {
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                entries.add(
                        new Entry(
                                words[0],
                                Long.parseLong(words[1]),
                                words[2],
                                Integer.parseInt(words[3])));
            }
        } catch (NoSuchFileException e) {
            return new Pids(List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Pids(entries);
    }

    void write(Path file) {
        PrivateFile.write(file, entries.stream().map(Entry::line).collect(Collectors.joining()));
    }
}
