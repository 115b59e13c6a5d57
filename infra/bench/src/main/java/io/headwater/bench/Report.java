package io.headwater.bench;

import io.headwater.bench.Options.Part;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The result: where it was measured, each figure beside its target, and what it was made of.
final class Report {

    private static final JsonMapper JSON = new JsonMapper();

    private final ObjectNode root = JSON.createObjectNode();
    private boolean pass = true;

    Report(Options options) {
        root.put("measured_at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        var where = root.putObject("where");
        where.put("cpus", Runtime.getRuntime().availableProcessors());
        where.put("cpu_model", fromProc("/proc/cpuinfo", "model name"));
        where.put("memory", fromProc("/proc/meminfo", "MemTotal"));
        where.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        where.put("java", Runtime.version().toString());
        where.put(
                "load_average_before",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        var sizes = root.putObject("sizes");
        sizes.put("rounds", options.rounds());
        sizes.put("seconds", options.seconds());
        sizes.put("freshness_seconds", options.freshnessSeconds());
        sizes.put("keys", options.keys());
        root.putArray("figures");
        root.putObject("details");
    }

    ObjectNode details(String name) {
        return ((ObjectNode) root.get("details")).putObject(name);
    }

    void add(Part part, List<Figure> figures) {
        for (Figure figure : figures) {
            var node = root.withArray("figures").addObject();
            node.put("part", part.label());
            node.put("name", figure.name());
            node.put("value", Math.round(figure.value() * 1000) / 1000.0);
            node.put("unit", figure.unit());
            Double target = figure.target();
            if (target != null) {
                node.put(figure.atLeast() ? "at_least" : "at_most", target.doubleValue());
                node.put("pass", figure.pass());
                pass &= figure.pass();
            }
        }
    }

    void failed(String reason) {
        pass = false;
        root.put("failed", reason);
    }

    boolean pass() {
        return pass;
    }

    String json() {
        root.put("pass", pass);
        return root.toPrettyString();
    }

    private static String fromProc(String file, String key) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException elsewhere) {
            return "unknown";
        }
    }
}
