package io.headwater.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What the processes of a platform use, from `/proc`: Linux only; elsewhere there are none to see.
final class Processes {

    /// `USER_HZ`, a constant of the kernel's interface whatever the machine's own clock is.
    private static final double TICKS_PER_SECOND = 100;

    private Processes() {}

    /// @param cpuSeconds user and system, since the process began
    /// @param rssKib memory mapped now, shared pages counted in full
    /// @param pssKib shared pages counted by share; rssKib where the kernel does not tell
    record Stat(long pid, long parent, String name, double cpuSeconds, long rssKib, long pssKib) {}

    /// The launcher, all that descends from it, and all that works in its data folder: Postgres
    /// leaves its parent.
    static List<Stat> of(Path data, long launcher) {
        Map<Long, Stat> all = new HashMap<>();
        Set<Long> ours = new HashSet<>();
        Path folder = data.toAbsolutePath();
        for (Path entry : entries()) {
            try {
                Stat stat = read(entry);
                all.put(stat.pid(), stat);
                if (stat.pid() == launcher || worksIn(folder, entry)) {
                    ours.add(stat.pid());
                }
            } catch (IOException | UncheckedIOException gone) {
                continue;
            }
        }
        ours.remove(ProcessHandle.current().pid());
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Stat stat : all.values()) {
                if (ours.contains(stat.parent()) && ours.add(stat.pid())) {
                    grown = true;
                }
            }
        }
        return ours.stream().filter(all::containsKey).map(all::get).toList();
    }

    /// @return the most memory that the process ever had mapped, KiB
    static long peakKib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(Processes::kib)
                .findFirst()
                .orElseThrow(() -> new IOException("the kernel tells no peak of process " + pid));
    }

    private static List<Path> entries() {
        Path proc = Path.of("/proc");
        if (!Files.isDirectory(proc)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(proc)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean worksIn(Path folder, Path entry) throws IOException {
        return Files.readString(entry.resolve("cmdline")).contains(folder.toString())
                || Files.readSymbolicLink(entry.resolve("cwd")).startsWith(folder);
    }

    private static Stat read(Path entry) throws IOException {
        String stat = Files.readString(entry.resolve("stat"));
        int afterName = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, afterName);
        // From field 3 of proc(5) on: 4 is the parent, 14 and 15 are user and system time.
        String[] fields = stat.substring(afterName + 2).split(" ");
        double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        var memory = memory(entry);
        return new Stat(
                Long.parseLong(entry.getFileName().toString()),
                Long.parseLong(fields[1]),
                name,
                cpu,
                memory.getFirst(),
                memory.getLast());
    }

    private static List<Long> memory(Path entry) {
        long rss = 0;
        long pss = 0;
        var lines = new ArrayList<String>();
        try {
            lines.addAll(Files.readAllLines(entry.resolve("smaps_rollup")));
        } catch (IOException hidden) {
            return List.of(0L, 0L);
        }
        for (String line : lines) {
            if (line.startsWith("Rss:")) {
                rss = kib(line);
            } else if (line.startsWith("Pss:")) {
                pss = kib(line);
            }
        }
        return List.of(rss, pss == 0 ? rss : pss);
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
