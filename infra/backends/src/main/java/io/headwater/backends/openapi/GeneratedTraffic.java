package io.headwater.backends.openapi;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Sends generated requests from several clients at once and judges every answer.
///
/// Client n sends what the seed plus n gives, whatever the others do. In a run that is large enough
/// to tell, also the memory has to stay what it was after a fifth of it.
public final class GeneratedTraffic {

    /// A client of a short run comes around all operations.
    private static final int LEAST_OF_A_CLIENT = 1_000;

    private static final int MOST_CLIENTS = 16;

    /// A leak shows in so many, and warming up is over after a fifth of them.
    private static final int TELLS_OF_MEMORY = 100_000;

    /// Twice what a quiet stream is silent.
    private static final Duration REST = Duration.ofSeconds(30);

    private static final int MOST_FAULTS = 10;

    private final long seed;
    private final int count;
    private final boolean watchesMemory;
    private final Duration rest;
    private final List<TrafficClient> clients;
    private final HttpClient http;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

    /// As many as `headwater.generated-requests` says, from `headwater.generated-requests.clients`.
    public static GeneratedTraffic of(TriedApi api) {
        int count = Integer.getInteger("headwater.generated-requests", 2_000);
        int usual = Math.clamp(count / LEAST_OF_A_CLIENT, 1, MOST_CLIENTS);
        int clients = Integer.getInteger("headwater.generated-requests.clients", usual);
        return new GeneratedTraffic(
                api, GeneratedRequests.seed(), clients, count, count >= TELLS_OF_MEMORY, REST);
    }

    /// @param rest before each look at memory
    GeneratedTraffic(
            TriedApi api, long seed, int clients, int count, boolean watchesMemory, Duration rest) {
        this.seed = seed;
        this.count = count;
        this.watchesMemory = watchesMemory;
        this.rest = rest;
        this.http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.clients =
                IntStream.range(0, clients)
                        .mapToObj(n -> new TrafficClient(n, seed + n, api, http, this::tell))
                        .toList();
    }

    /// @param faults of the first answers that were wrong, and what grew; each in full
    /// @param statuses how often each
    /// @param slowest of all answers, and to what
    /// @param memory what it was and has become; empty in a small run
    public record Outcome(
            long seed,
            int sent,
            List<String> faults,
            Map<Integer, Integer> statuses,
            String slowest,
            String memory,
            Duration took) {
        @Override
        public String toString() {
            return "%,d requests in %d s (seed %d): %s%nslowest %s%n%s"
                    .formatted(sent, took.toSeconds(), seed, statuses, slowest, memory)
                    .strip();
        }
    }

    public Outcome run() {
        long begin = System.nanoTime();
        int each = Math.ceilDiv(count, clients.size());
        var grown = new ArrayList<String>();
        String memory = "";
        try (http) {
            if (!watchesMemory) {
                sendUntil(each);
            } else {
                sendUntil(each / 5);
                long keptBefore = kept();
                var before = Footprint.after(rest);
                sendUntil(each);
                long kept = kept() - keptBefore;
                var after = Footprint.after(rest);
                grown.addAll(after.growth(before, kept));
                memory =
                        "after a fifth %s%nat the end %s; %s have a reason"
                                .formatted(before, after, Footprint.megabytes(kept));
            }
        }
        var all = new ArrayList<>(faults);
        grown.forEach(what -> all.add("seed %d: %s".formatted(seed, what)));
        return new Outcome(
                seed,
                clients.stream().mapToInt(TrafficClient::sent).sum(),
                all,
                statuses(),
                slowest(),
                memory,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private void sendUntil(int each) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            clients.forEach(client -> running.add(threads.submit(() -> client.sendUntil(each))));
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException broken) {
            throw new IllegalStateException("seed " + seed, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /// @return whether to go on
    private boolean tell(@Nullable String fault) {
        if (fault != null) {
            faults.add(fault);
        }
        return faults.size() < MOST_FAULTS;
    }

    private long kept() {
        return clients.stream().mapToLong(TrafficClient::kept).sum();
    }

    private Map<Integer, Integer> statuses() {
        var sum = new TreeMap<Integer, Integer>();
        clients.forEach(client ->
                client.statuses().forEach((status, n) -> sum.merge(status, n, Integer::sum)));
        return sum;
    }

    private String slowest() {
        return clients.stream()
                .max((a, b) -> Long.compare(a.slowestNanos(), b.slowestNanos()))
                .map(client ->
                        String.format(
                                Locale.ROOT,
                                "%.0f ms: %s",
                                client.slowestNanos() / 1e6,
                                client.slowest()))
                .orElse("");
    }
}
