package io.headwater.bench;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/// Signed webhook posts over 64 connections, each busy all the time.
final class WebhookLoad {

    /// Signed ahead for a round: more than any round takes.
    private static final int SIGNED_PER_SECOND = 6_000;

    private final Platform platform;
    private final String path;

    /// Makes a source for them.
    WebhookLoad(Platform platform) throws IOException {
        this.platform = platform;
        this.path = Administration.webhookPath(platform);
    }

    /// @param p50 of the answers, ms, like p99
    record Round(int posts, double perSecond, double p50, double p99) {}

    /// @throws IllegalStateException when a post is not accepted
    Round round(int seconds) throws InterruptedException {
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
        int count = latencies.count();
        return new Round(
                count,
                count / ((System.nanoTime() - start) / 1e9),
                latencies.percentileMillis(0.5),
                latencies.percentileMillis(0.99));
    }
}
