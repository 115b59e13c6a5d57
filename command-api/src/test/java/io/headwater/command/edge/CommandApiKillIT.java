package io.headwater.command.edge;

import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.command.Kills;
import io.headwater.command.LeadInvariants;
import io.headwater.command.platform.web.body.Json;
import io.headwater.schema.Brokers;
import io.headwater.schema.Provisioner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kill -9` of command-api while providers post: what was acknowledged is there once, and what was
/// not is sent again, as providers do, and then is there once, too.
@SuppressWarnings("NullAway.Init")
class CommandApiKillIT {

    private static final int CLIENTS = 12;
    private static final Duration RECOVERY = KillableApi.RECOVERY;
    private static final String KEY = "key-of-the-killed-source";

    @TempDir private Path folder;
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger number = new AtomicInteger();
    private Backends backends;
    private KillableApi api;
    private String webhook;
    private volatile boolean stopping;
    private volatile boolean abandoned;

    @BeforeEach
    void start() throws Exception {
        backends = TestBackends.fresh();
        backends.start(List.of(Backend.KAFKA, Backend.POSTGRES));
        Provisioner.provideTopics(Brokers.at(backends.kafkaBootstrap()), 4, (short) 1);
        api =
                new KillableApi(
                        folder,
                        backends,
                        EdgeServer.NO_POSTGRES,
                        "--headwater.vault.url=" + backends.jdbcUrl());
        api.launch();
        String source =
                """
                {"site_id":"main","name":"Kill","provider":"google-ads","secrets":["%s"]}\
                """
                        .formatted(KEY);
        var made = api.administer("POST", "/admin/sources", source);
        webhook = "/webhooks/google-ads/" + Json.text(made.get("source_id"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        stopping = true;
        abandoned = true;
        api.close();
        backends.close();
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
                    taken = api.call("POST", webhook, body).statusCode() == 200;
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
            api.kill();
            api.launch();
        }
        int enough = acknowledged.size() + 50;
        await().atMost(RECOVERY).until(() -> acknowledged.size() >= enough);
        stopping = true;
        for (var one : clients) {
            one.join();
        }

        var log = api.log();
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> new LeadInvariants(log).requireLeads(acknowledged));
        var invariants = new LeadInvariants(log);
        invariants.requireOneResultPerCommand();
        invariants.requireWholeSequences();
        invariants.requireBalancedAccounts();
    }
}
