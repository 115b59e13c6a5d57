package io.headwater.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Signed webhook posts that are accepted per second at 64 connections: authentic by HMAC, judged,
/// and on Kafka before the answer. The same twice, as for [AckPart]: the command API with nothing
/// behind Kafka but its own deciders, and beside everything.
///
/// With it the CPU that a post costs, until it is decided: what two cores need to have for the rate
/// wanted, whatever else runs on the machine. The compiler's is told apart, for it ends, and the
/// load generator's is no part of it.
final class WebhookPart {

    private static final int PER_SECOND_WANTED = 3_000;

    /// Milliseconds of two cores.
    private static final double CPU_PER_POST_WANTED = 2_000.0 / PER_SECOND_WANTED;

    static final Duration DECIDED_WITHIN = Duration.ofMinutes(5);

    private final String suffix;
    private final Platform platform;
    private final Options options;
    private final Progress progress;

    WebhookPart(String suffix, Platform platform, Options options, Progress progress) {
        this.suffix = suffix;
        this.platform = platform;
        this.options = options;
        this.progress = progress;
    }

    List<Figure> run(ObjectNode details) throws IOException, InterruptedException {
        var load = new WebhookLoad(platform);
        WarmUp.run(
                "webhook" + suffix,
                platform,
                options.seconds(),
                progress,
                seconds -> load.round(seconds).perSecond());
        var rates = new ArrayList<Double>();
        var p50 = new ArrayList<Double>();
        var p99 = new ArrayList<Double>();
        var costs = new ArrayList<Double>();
        var rounds = details.putArray("rounds");
        for (int i = 0; i < options.rounds(); i++) {
            var before = CpuSplit.settled(platform, DECIDED_WITHIN);
            var round = load.round(options.seconds());
            var cpu = CpuSplit.settled(platform, DECIDED_WITHIN).since(before);
            var told = rounds.addObject();
            told.put("accepted_per_second", Math.round(round.perSecond()));
            var micros = told.putObject("cpu_micros_per_post");
            cpu.forEach((part, used) -> micros.put(part, Math.round(used * 1e6 / round.posts())));
            double cost = intake(cpu) * 1e3 / round.posts();
            progress.say(
                    "webhook%s: %,.0f posts/s, p99 %.1f ms, %.3f ms CPU a post, in µs %s",
                    suffix, round.perSecond(), round.p99(), cost, micros);
            rates.add(round.perSecond());
            p50.add(round.p50());
            p99.add(round.p99());
            costs.add(cost);
        }
        double rate = AckPart.median(rates);
        double cost = AckPart.median(costs);
        boolean alone = suffix.isEmpty();
        String name = "webhook_posts_per_second" + suffix;
        String cpuName = "webhook_cpu_per_post" + suffix;
        return List.of(
                alone
                        ? Figure.atLeast(name, "1/s", rate, PER_SECOND_WANTED)
                        : Figure.plain(name, "1/s", rate),
                alone
                        ? Figure.atMost(cpuName, "ms", cost, CPU_PER_POST_WANTED)
                        : Figure.plain(cpuName, "ms", cost),
                Figure.plain("webhook_p50" + suffix, "ms", AckPart.median(p50)),
                Figure.plain("webhook_p99" + suffix, "ms", AckPart.median(p99)));
    }

    /// @return seconds that the platform used, but for its compiler
    static double intake(Map<String, Double> cpu) {
        return cpu.entrySet().stream()
                .filter(part -> !part.getKey().equals(CpuSplit.CLIENT))
                .filter(part -> !part.getKey().equals(CpuSplit.COMPILER))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
