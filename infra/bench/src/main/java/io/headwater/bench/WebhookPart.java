package io.headwater.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.node.ObjectNode;

/// Signed webhook posts that are accepted per second at 64 connections: authentic by HMAC, judged,
/// and on Kafka before the answer. The same twice, as for [AckPart]: the command API with nothing
/// behind Kafka but its own deciders, and beside everything.
final class WebhookPart {

    private static final int PER_SECOND_WANTED = 3_000;

    /// Signed ahead for a round: more than any round takes.
    private static final int SIGNED_PER_SECOND = 12_000;

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
        String path = Administration.webhookPath(platform);
        progress.say("webhook%s: warming up", suffix);
        round(path, options.seconds() * 2);
        var rates = new ArrayList<Double>();
        var p50 = new ArrayList<Double>();
        var p99 = new ArrayList<Double>();
        var rounds = details.putArray("rounds");
        for (int i = 0; i < options.rounds(); i++) {
            var round = round(path, options.seconds());
            progress.say(
                    "webhook%s: %,.0f posts/s, p99 %.1f ms",
                    suffix, round.perSecond(), round.p99());
            rates.add(round.perSecond());
            p50.add(round.p50());
            p99.add(round.p99());
            rounds.addObject().put("accepted_per_second", Math.round(round.perSecond()));
        }
        double rate = AckPart.median(rates);
        String name = "webhook_posts_per_second" + suffix;
        return List.of(
                suffix.isEmpty()
                        ? Figure.atLeast(name, "1/s", rate, PER_SECOND_WANTED)
                        : Figure.plain(name, "1/s", rate),
                Figure.plain("webhook_p50" + suffix, "ms", AckPart.median(p50)),
                Figure.plain("webhook_p99" + suffix, "ms", AckPart.median(p99)));
    }

    private record Round(double perSecond, double p50, double p99) {}

    private Round round(String path, int seconds) throws InterruptedException {
        var posts = SignedPosts.of(seconds * SIGNED_PER_SECOND);
        var latencies = new Latencies(posts.size());
        var next = new AtomicInteger();
        URI commandApi = platform.commandApi();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        Crew.run(
                "webhook",
                AckPart.OUTSTANDING,
                worker -> {
                    try (var api = Platform.connect(commandApi)) {
                        while (System.nanoTime() < end) {
                            int i = next.getAndIncrement();
                            if (i >= posts.size()) {
                                return;
                            }
                            var post = posts.get(i);
                            long sent = System.nanoTime();
                            var answer = api.post(path, post.body(), post.headers());
                            if (answer.status() != 200) {
                                throw new IOException(
                                        "a webhook was answered with " + answer.status());
                            }
                            latencies.set(i, System.nanoTime() - sent);
                        }
                    }
                });
        return new Round(
                latencies.count() / ((System.nanoTime() - start) / 1e9),
                latencies.percentileMillis(0.5),
                latencies.percentileMillis(0.99));
    }
}
