package io.headwater.backends.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.headwater.backends.openapi.GeneratedRequests.Call;
import io.headwater.backends.openapi.GeneratedTraffic.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What breaks, hangs or keeps memory is told, and so that it can be sent again.
class GeneratedTrafficIT {

    private static final Map<?, ?> DOCUMENT =
            Map.of(
                    "paths",
                    Map.of(
                            "/things",
                            Map.of(
                                    "get",
                                    Map.of(
                                            "parameters",
                                            List.of(
                                                    Map.of(
                                                            "name",
                                                            "q",
                                                            "in",
                                                            "query",
                                                            "required",
                                                            true,
                                                            "schema",
                                                            Map.of("type", "string")))))));

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void clientsSendTheSameEachTime() {
        var first = new ConcurrentLinkedQueue<String>();
        server.createContext(
                "/",
                exchange -> {
                    first.add(exchange.getRequestURI().toString());
                    answer(exchange, 200);
                });
        var outcome = run(new Tried(), 4, 400);
        var sent = sorted(first);
        first.clear();
        run(new Tried(), 4, 400);
        assertThat(sorted(first)).isEqualTo(sent);
        assertThat(outcome.sent()).isEqualTo(400);
        assertThat(outcome.statuses()).isEqualTo(Map.of(200, 400));
        assertThat(outcome.faults()).isEmpty();
    }

    /// Seed, number of clients and of requests, as the fault tells them.
    @Test
    void aFaultCanBeSentAgain() {
        server.createContext(
                "/",
                exchange -> {
                    boolean breaks = exchange.getRequestURI().toString().contains("jndi");
                    answer(exchange, breaks ? 500 : 200);
                });
        String told = run(new Tried(), 4, 2_000).faults().getFirst();
        assertThat(told).contains("jndi", "status=500");
        var again = told.substring(told.indexOf("again:")).replaceAll("[^0-9=]", "").split("=");
        var traffic =
                new GeneratedTraffic(
                        new Tried(),
                        Long.parseLong(again[1]),
                        Integer.parseInt(again[2]),
                        Integer.parseInt(again[3]),
                        false,
                        Duration.ZERO);
        assertThat(traffic.run().faults().getLast())
                .isEqualTo(told.replaceFirst("client [0-9]+", "client 0"));
    }

    @Test
    void whatHangsIsTold() {
        server.createContext("/", exchange -> await());
        assertThat(run(new Tried(Duration.ofMillis(300), 0), 1, 1).faults())
                .singleElement()
                .asString()
                .contains("no answer within");
    }

    @Test
    void aBodyThatHangsIsTold() {
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/plain");
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write('a');
                    exchange.getResponseBody().flush();
                    await();
                });
        assertThat(run(new Tried(Duration.ofMillis(300), 0), 1, 1).faults())
                .singleElement()
                .asString()
                .contains("no answer within");
    }

    @Test
    void aStreamIsHungUp() throws InterruptedException {
        var noticed = new CountDownLatch(1);
        server.createContext(
                "/",
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
                    exchange.sendResponseHeaders(200, 0);
                    try (var body = exchange.getResponseBody()) {
                        while (end.getCount() > 0) {
                            body.write(": alive\n\n".getBytes(StandardCharsets.UTF_8));
                            body.flush();
                        }
                    } catch (IOException gone) {
                        noticed.countDown();
                    }
                });
        assertThat(run(new Tried(), 1, 1).faults()).isEmpty();
        assertThat(noticed.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void memoryThatGrowsIsTold() {
        assertThat(leaking(new Tried()).faults())
                .singleElement()
                .asString()
                .contains("the heap grew from");
    }

    @Test
    void memoryThatIsMeantToGrowIsNot() {
        assertThat(leaking(new Tried(Duration.ofMinutes(1), 1 << 20)))
                .extracting(Outcome::faults, LIST)
                .isEmpty();
    }

    /// A megabyte for each of fifty requests.
    private Outcome leaking(Tried tried) {
        Queue<byte[]> leak = new ConcurrentLinkedQueue<>();
        server.createContext(
                "/",
                exchange -> {
                    leak.add(new byte[1 << 20]);
                    answer(exchange, 200);
                });
        var outcome = new GeneratedTraffic(tried, 1, 1, 50, true, Duration.ZERO).run();
        assertThat(leak).hasSize(50);
        return outcome;
    }

    private static Outcome run(Tried tried, int clients, int count) {
        return new GeneratedTraffic(tried, 1, clients, count, false, Duration.ZERO).run();
    }

    private static List<String> sorted(Queue<String> sent) {
        var list = new ArrayList<>(sent);
        list.sort(null);
        return list;
    }

    private void await() {
        try {
            end.await();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private final class Tried implements TriedApi {
        private final Duration soon;
        private final long kept;

        Tried() {
            this(Duration.ofMinutes(1), 0);
        }

        Tried(Duration soon, long kept) {
            this.soon = soon;
            this.kept = kept;
        }

        @Override
        public URI at(String target) {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + target);
        }

        @Override
        public GeneratedRequests requests(long seed) {
            return new GeneratedRequests(DOCUMENT, Map.of(), seed);
        }

        @Override
        public List<Caller> callers() {
            return List.of(new Caller("nobody", ""));
        }

        @Override
        public Duration soon() {
            return soon;
        }

        @Override
        public @Nullable String fault(Caller caller, Call call, Answer answer) {
            return answer.isError() ? "broken" : null;
        }

        @Override
        public long kept(Caller caller, Call call, Answer answer) {
            return kept;
        }
    }
}
