package io.headwater.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.node.ObjectNode;

/// (e) Memory of all processes after load, and what they do when nothing happens.
final class ResourcesPart {

    private static final double MEBI = 1024;
    private static final long SETTLE_SECONDS = 15;

    private final Platform platform;
    private final Options options;
    private final Progress progress;

    ResourcesPart(Platform platform, Options options, Progress progress) {
        this.platform = platform;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws InterruptedException {
        progress.say("resources: idle for %d s", SETTLE_SECONDS + options.idle().toSeconds());
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        var before = platform.processes();
        long start = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(options.idle().toNanos());
        var after = platform.processes();
        double seconds = (System.nanoTime() - start) / 1e9;
        double cores = (cpu(after) - cpu(before)) / seconds;
        var list = details.putArray("processes");
        var byPid = new ArrayList<>(after);
        byPid.sort(Comparator.comparing(Processes.Stat::pid));
        for (var stat : byPid) {
            list.addObject()
                    .put("pid", stat.pid())
                    .put("name", stat.name())
                    .put("pss_mib", Math.round(stat.pssKib() / MEBI))
                    .put("rss_mib", Math.round(stat.rssKib() / MEBI))
                    .put(
                            "idle_cores",
                            rounded((stat.cpuSeconds() - cpuOf(before, stat)) / seconds));
        }
        double pss = sum(after, Processes.Stat::pssKib) / MEBI;
        progress.say("resources: %.0f MiB, %.3f cores", pss, cores);
        return List.of(
                Figure.atMost("memory_pss", "MiB", pss, 2048),
                Figure.plain("memory_rss", "MiB", sum(after, Processes.Stat::rssKib) / MEBI),
                Figure.atMost("idle_cpu", "cores", cores, 0.25));
    }

    private static double cpu(List<Processes.Stat> stats) {
        return sum(stats, Processes.Stat::cpuSeconds);
    }

    private static double cpuOf(List<Processes.Stat> stats, Processes.Stat which) {
        return stats.stream()
                .filter(stat -> stat.pid() == which.pid())
                .mapToDouble(Processes.Stat::cpuSeconds)
                .findFirst()
                .orElse(0);
    }

    private static double sum(List<Processes.Stat> stats, ToDoubleFunction<Processes.Stat> of) {
        return stats.stream().mapToDouble(of).sum();
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
