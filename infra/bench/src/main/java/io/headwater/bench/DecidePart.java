package io.headwater.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Decisions: leads captured with `Prefer: wait`, as many as go at 64 connections, and their
/// latency at a steady rate; and what Axon costs of a decision. The same twice, as for
/// [WebhookPart]: the command API alone, and beside everything that reads the decisions.
///
/// The share is measured in a process of its own: the same commands through the decider's topology,
/// once with Axon and once with the entity's handlers called directly, CPU time of the thread.
final class DecidePart {

    private static final int STEADY_PER_SECOND = 200;
    private static final double MOST_AXON = 2.5;
    private static final long SHARE_LIMIT_SECONDS = 300;

    private final String suffix;
    private final Platform platform;
    private final String integration;
    private final Options options;
    private final Progress progress;

    /// @param integration a key that may capture leads
    DecidePart(
            String suffix,
            Platform platform,
            String integration,
            Options options,
            Progress progress) {
        this.suffix = suffix;
        this.platform = platform;
        this.integration = integration;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run() throws InterruptedException {
        String name = "decide" + suffix;
        WarmUp.run(name, platform, options.seconds(), progress, this::full);
        var rates = new ArrayList<Double>();
        for (int i = 0; i < options.rounds(); i++) {
            double rate = full(options.seconds());
            progress.say("%s: %,.0f decisions/s", name, rate);
            rates.add(rate);
        }
        progress.say("%s: %,d/s by schedule", name, STEADY_PER_SECOND);
        var steady = steady(options.seconds() * 2);
        String latency = "decision_%s_at_200_per_second" + suffix;
        return List.of(
                Figure.plain("decisions_per_second" + suffix, "1/s", AckPart.median(rates)),
                Figure.plain(latency.formatted("p50"), "ms", steady.percentileMillis(0.5)),
                Figure.plain(latency.formatted("p99"), "ms", steady.percentileMillis(0.99)));
    }

    /// What Axon costs of a decision; needs no platform.
    static List<Figure> share(Options options, ObjectNode details, Progress progress)
            throws IOException, InterruptedException {
        var share = axonShare(options);
        details.set("axon", share);
        double ratio = share.path("ratio").asDouble(Double.NaN);
        progress.say("decide: with Axon %.2f times the CPU of the plain handlers", ratio);
        return List.of(Figure.atMost("decider_cpu_with_axon", "ratio", ratio, MOST_AXON));
    }

    private double full(int seconds) throws InterruptedException {
        var decided = new LongAdder();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        Crew.run(
                "decide",
                AckPart.OUTSTANDING,
                worker -> {
                    try (var api = Platform.connect(platform.commandApi())) {
                        for (int i = 0; System.nanoTime() < end; i++) {
                            capture(api, "full-" + start + "-" + worker + "-" + i);
                            decided.increment();
                        }
                    }
                });
        return decided.sum() / ((System.nanoTime() - start) / 1e9);
    }

    /// Latency counts from when a call was due.
    private Latencies steady(int seconds) throws InterruptedException {
        int count = STEADY_PER_SECOND * seconds;
        var latencies = new Latencies(count);
        var next = new AtomicInteger();
        long start = System.nanoTime() + 50_000_000;
        long step = 1_000_000_000L / STEADY_PER_SECOND;
        Crew.run(
                "decide-steady",
                AckPart.OUTSTANDING,
                worker -> {
                    try (var api = Platform.connect(platform.commandApi())) {
                        for (int i = next.getAndIncrement();
                                i < count;
                                i = next.getAndIncrement()) {
                            long due = start + i * step;
                            OpenLoop.await(due);
                            capture(api, "steady-" + start + "-" + i);
                            latencies.set(i, System.nanoTime() - due);
                        }
                    }
                });
        return latencies;
    }

    private void capture(KeepAlive api, String person) throws IOException {
        var answer =
                api.post(
                        "/lead.capture",
                        "{\"email\":\"%s@bench.example.com\",\"first_name\":\"Decide\"}"
                                .formatted(person),
                        "X-API-Key: " + integration,
                        "Prefer: wait=20");
        if (answer.status() != 200) {
            throw new IOException("a lead was answered with " + answer.status());
        }
    }

    /// In a JVM of its own, on the classes that command-api was tested with.
    private static JsonNode axonShare(Options options) throws IOException, InterruptedException {
        Path target = options.root().resolve("command-api/target");
        String classPath =
                String.join(
                        java.io.File.pathSeparator,
                        target.resolve("test-classes").toString(),
                        target.resolve("classes").toString(),
                        Files.readString(target.resolve("test-classpath")).strip());
        var process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx512m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                classPath,
                                "io.headwater.command.lead.AxonShare")
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String out = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(SHARE_LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IllegalStateException("the share of Axon could not be measured");
        }
        return Platform.json(out.strip().lines().reduce((_, last) -> last).orElse("{}"));
    }
}
