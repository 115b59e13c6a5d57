package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.Kills;
import io.headwater.command.LeadInvariants;
import io.headwater.command.TestLog;
import io.headwater.command.platform.web.body.Json;
import io.headwater.schema.Provisioner;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of command-api while providers post: what was acknowledged is there once, and what was
/// not is sent again, as providers do, and then is there once, too.
@SuppressWarnings("NullAway.Init")
class CommandApiKillIT {

    private static final int CLIENTS = 12;
    private static final Duration RECOVERY = Duration.ofMinutes(4);
    private static final String KEY = "kill-source-key";

    @TempDir private Path folder;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private Backends backends;
    private int port;
    private @Nullable Process app;
    private String webhook;
    private volatile boolean stopping;
    private volatile boolean abandoned;

    @BeforeEach
    void start() throws Exception {
        backends = TestBackends.fresh();
        backends.start(Backend.KAFKA);
        Provisioner.provideTopics(backends.kafkaBootstrap(), 4, (short) 1);
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        launch();
        String source =
                """
                {"site_id":"main","name":"Kill","provider":"google-ads","secrets":["%s"]}\
                """
                        .formatted(KEY);
        var made = post("/admin/sources", source, "X-API-Key", "kill-admin");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        webhook = "/webhooks/google-ads/" + Json.text(Json.read(made.body()).get("source_id"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopping = true;
        abandoned = true;
        kill();
        client.close();
        backends.close();
    }

    private void kill() throws InterruptedException {
        if (app != null) {
            app.destroyForcibly().waitFor();
        }
    }

    private void launch() throws IOException {
        app =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx384m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CommandApiProcess.class.getName(),
                                "--server.port=" + port,
                                EdgeServer.NO_POSTGRES,
                                "--headwater.instance=kill-1",
                                "--headwater.kafka.bootstrap-servers=" + backends.kafkaBootstrap(),
                                "--headwater.state-dir=" + folder.resolve("state"),
                                "--headwater.access.decision-wait=30s",
                                "--headwater.access.admin-api-key=kill-admin")
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("command-api.log").toFile()))
                        .start();
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get("/health").statusCode() == 200);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(40))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /// Sends the same delivery until it is acknowledged.
    private void deliver() {
        while (!stopping) {
            int delivery = number.incrementAndGet();
            String email = "kill-%d@example.org".formatted(delivery);
            String body =
                    """
                    {"lead_id":"L%d","google_key":"%s","is_test":false,
                     "user_column_data":[{"column_id":"EMAIL","string_value":"%s"}]}\
                    """
                            .formatted(delivery, KEY, email);
            boolean taken = false;
            while (!taken && !abandoned) {
                inFlight.incrementAndGet();
                try {
                    taken = post(webhook, body).statusCode() == 200;
                } catch (IOException unanswered) {
                    // sent again, whether it was stored or not
                } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                    return;
                } finally {
                    inFlight.decrementAndGet();
                }
            }
            if (taken) {
                acknowledged.add(email);
            }
        }
    }

    @Test
    void everyAcknowledgedDeliveryIsOneLeadWhateverDies() throws Exception {
        var kills = new Kills("CommandApiKillIT");
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().daemon().name("provider-" + i).start(this::deliver));
        }

        for (int kill = 0; kill < kills.count(); kill++) {
            int enough = acknowledged.size() + kills.after(50, 400);
            await().atMost(RECOVERY)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> acknowledged.size() >= enough);
            await("deliveries in flight at the kill")
                    .atMost(RECOVERY)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> inFlight.get() > 0);
            kill();
            launch();
        }
        int enough = acknowledged.size() + 50;
        await().atMost(RECOVERY).until(() -> acknowledged.size() >= enough);
        stopping = true;
        for (var one : clients) {
            one.join();
        }

        var log = new TestLog(backends.kafkaBootstrap());
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> new LeadInvariants(log).requireLeads(acknowledged));
        var invariants = new LeadInvariants(log);
        invariants.requireOneResultPerCommand();
        invariants.requireWholeSequences();
        invariants.requireBalancedAccounts();
    }
}
