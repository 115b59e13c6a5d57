package io.headwater.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/// What the Java threads of a process spend their CPU time on, by JFR's samples of it (JEP 509,
/// Linux only): compiler and collector are not among them.
///
/// @param pid of a JVM of this user
record CpuSamples(long pid, Path file) {

    private static final String NAME = "bench";

    /// @param share of the samples that are of the packages
    /// @param where their CPU goes: the innermost method of each sample, the most frequent first
    record Share(double share, long samples, List<String> where) {}

    interface Work {
        void run() throws InterruptedException;
    }

    /// @param packages beginnings of class names; a sample is theirs when any frame is
    Share during(Work work, List<String> packages) throws IOException, InterruptedException {
        jcmd(
                "JFR.start",
                "name=" + NAME,
                // With none of them the JVM takes no samples of threads that run already.
                "settings=default",
                "jdk.CPUTimeSample#enabled=true");
        try {
            work.run();
        } finally {
            jcmd("JFR.stop", "name=" + NAME, "filename=" + file);
        }
        var share = read(packages);
        Files.delete(file);
        return share;
    }

    private Share read(List<String> packages) throws IOException {
        long all = 0;
        long theirs = 0;
        var inner = new TreeMap<String, Integer>();
        try (var recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                var event = recording.readEvent();
                var frames = frames(event);
                if (frames.isEmpty()) {
                    continue;
                }
                all++;
                if (frames.stream().anyMatch(frame -> isOf(frame, packages))) {
                    theirs++;
                    inner.merge(name(frames.getFirst()), 1, Integer::sum);
                }
            }
        }
        if (all == 0) {
            throw new IllegalStateException(
                    "the JVM told no samples of its CPU time: they need Linux");
        }
        var where =
                inner.entrySet().stream()
                        .sorted((one, other) -> other.getValue() - one.getValue())
                        .limit(15)
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .toList();
        return new Share((double) theirs / all, all, where);
    }

    private static List<RecordedFrame> frames(RecordedEvent event) {
        var stack = event.getStackTrace();
        return event.getEventType().getName().equals("jdk.CPUTimeSample") && stack != null
                ? stack.getFrames()
                : List.of();
    }

    private static boolean isOf(RecordedFrame frame, List<String> packages) {
        String name = type(frame);
        return packages.stream().anyMatch(name::startsWith);
    }

    private static String name(RecordedFrame frame) {
        return type(frame) + "." + frame.getMethod().getName();
    }

    private static String type(RecordedFrame frame) {
        RecordedClass type = frame.getMethod().getType();
        return type == null ? "" : type.getName();
    }

    private void jcmd(String... words) throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                String.valueOf(pid)));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said;
        try (var lines = process.inputReader()) {
            said = lines.lines().collect(Collectors.joining("\n"));
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
    }
}
