package io.headwater.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// CPU seconds by who used them: the load generator, every process of the platform, and within the
/// applications' JVM the threads that take requests, decide, compile and collect garbage.
///
/// CPU per call survives a busy machine, a rate does not. Linux only: nothing is seen elsewhere.
final class CpuSplit {

    static final String CLIENT = "client";
    static final String DECIDER = "decider";
    static final String COMPILER = "compiler";

    /// The process that the applications share.
    private static final String APPLICATIONS = "launcher";

    /// `"name" #12 [345] daemon prio=5 os_prio=0 cpu=12.34ms elapsed=…`
    private static final Pattern THREAD =
            Pattern.compile("^\"([^\"]*)\".*? cpu=([0-9.]+)ms", Pattern.MULTILINE);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Map<String, Double> seconds;

    private CpuSplit(Map<String, Double> seconds) {
        this.seconds = seconds;
    }

    static CpuSplit now(Platform platform) throws InterruptedException {
        var seconds = new HashMap<String, Double>();
        var self = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        seconds.put(CLIENT, self.toNanos() / 1e9);
        JsonNode pids = platform.told().path("pids");
        for (var stat : platform.processes()) {
            String name = name(pids, stat.pid());
            if (name.equals(APPLICATIONS)) {
                var threads = byPart(threads(stat.pid()));
                double listed = threads.values().stream().mapToDouble(one -> one).sum();
                threads.forEach((part, used) -> seconds.merge(part, used, Double::sum));
                // threads without a name in the list, and those that ended
                seconds.merge("others", stat.cpuSeconds() - listed, Double::sum);
            } else {
                seconds.merge(name, stat.cpuSeconds(), Double::sum);
            }
        }
        return new CpuSplit(seconds);
    }

    private static String name(JsonNode pids, long pid) {
        return pids.properties().stream()
                .filter(one -> one.getValue().asLong() == pid)
                .map(Map.Entry::getKey)
                // the applications' own names stand for the same process
                .filter(name -> !name.endsWith("-api") && !name.equals("projectors"))
                .filter(name -> !name.equals("stream-jobs"))
                .findFirst()
                .orElse("others");
    }

    /// @return what the JVM says of its threads
    private static String threads(long pid) throws InterruptedException {
        try {
            var process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                            .toString(),
                                    String.valueOf(pid),
                                    "Thread.print")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            var told = process.getInputStream().readAllBytes();
            process.waitFor();
            return new String(told, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param told by `jcmd Thread.print`
    /// @return CPU seconds since they began
    static Map<String, Double> byPart(String told) {
        var parts = new TreeMap<String, Double>();
        var thread = THREAD.matcher(told);
        while (thread.find()) {
            parts.merge(
                    partOf(thread.group(1)),
                    Double.parseDouble(thread.group(2)) / 1e3,
                    Double::sum);
        }
        return parts;
    }

    private static String partOf(String thread) {
        if (thread.contains("lead-command-api") || thread.contains("access-command-api")) {
            return DECIDER;
        }
        if (thread.startsWith("C1 ") || thread.startsWith("C2 ")) {
            return COMPILER;
        }
        if (thread.startsWith("VM Thread") || thread.startsWith("GC ")) {
            return "garbage";
        }
        return thread.startsWith("ForkJoinPool")
                        || thread.startsWith("http-nio")
                        || thread.startsWith("tomcat")
                        || thread.startsWith("intake-log")
                        || thread.contains("command-api-intake")
                ? "edge"
                : "others";
    }

    /// Waits until what was taken is decided, too: until the decider takes less than a tenth of a
    /// core.
    ///
    /// @throws IllegalStateException when it does not come to rest within the limit
    static CpuSplit settled(Platform platform, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        var before = now(platform);
        while (System.nanoTime() < deadline) {
            long start = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            var after = now(platform);
            double elapsed = (System.nanoTime() - start) / 1e9;
            if (after.since(before).getOrDefault(DECIDER, 0.0) < elapsed / 10) {
                return after;
            }
            before = after;
        }
        throw new IllegalStateException("the decider does not come to rest");
    }

    /// @return CPU seconds used since then
    Map<String, Double> since(CpuSplit earlier) {
        var parts = new TreeMap<String, Double>();
        seconds.forEach((part, now) ->
                parts.put(part, Math.max(0, now - earlier.seconds.getOrDefault(part, 0.0))));
        return parts;
    }
}
