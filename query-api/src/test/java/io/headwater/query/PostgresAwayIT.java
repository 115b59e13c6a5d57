package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PostgresAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void saysSoAndComesBackByItself() {
        try (Backends backends = TestBackends.fresh()) {
            backends.start(List.of(Backend.POSTGRES));
            try (var api =
                    new RunningQueryApi(
                            backends.jdbcUrl(),
                            backends.jdbcQueryUser(),
                            "",
                            "--headwater.postgres.connect-limit=2s",
                            "--headwater.postgres.query-limit=10s")) {
                // Before any migration: no views.
                var early = api.get("/analytics/leads", ADMIN);
                assertThat(early.status()).as(early.body()).isEqualTo(503);
                assertThat(early.json().get("type").asString())
                        .isEqualTo("/problems/views-missing");
                assertThat(api.get("/health", ADMIN).json().at("/components/postgres").asString())
                        .isEqualTo("views-missing");

                var models = new ReadModels(backends.jdbcUrl(), backends.jdbcUser(), "").migrate();
                models.lead("main_1");
                assertHealthy(api);
                var told = new LinkedBlockingQueue<String>();
                var stream = api.lines("/analytics/stream", ADMIN);
                Thread.ofVirtual().start(() -> read(stream, told));
                int leads = 1 + untilTold(models, told);

                backends.kill(Backend.POSTGRES);
                var away = api.get("/analytics/leads", ADMIN);
                assertThat(away.status()).as(away.body()).isEqualTo(503);
                assertThat(away.header("Retry-After")).isNotEmpty();
                assertThat(away.json().get("type").asString())
                        .isEqualTo("/problems/postgres-unavailable");
                var health = api.get("/health", ADMIN);
                assertThat(health.status()).isEqualTo(503);
                assertThat(health.json().get("status").asString()).isEqualTo("degraded");
                assertThat(health.json().at("/components/postgres").asString()).isEqualTo("down");
                assertThat(api.get("/v3/api-docs", "").status()).isEqualTo(200);

                backends.start(Backend.POSTGRES);
                assertHealthy(api);
                assertThat(api.get("/analytics/leads", ADMIN).json().get("items")).hasSize(leads);

                // The stream that was open all the time goes on.
                models.lead("main_after");
                models.announce("leads");
                await().atMost(PATIENCE)
                        .until(() -> told.stream().anyMatch(line -> line.contains("main_after")));
                stream.close();
            }
        }
    }

    /// The first look of the feed tells nothing, and nobody knows when it happens.
    ///
    /// @return number of leads that it took
    private static int untilTold(ReadModels models, Queue<String> told) {
        var leads = new AtomicInteger();
        await().atMost(PATIENCE)
                .until(() -> {
                    models.lead("main_before_" + leads.incrementAndGet());
                    models.announce("leads");
                    return told.stream().anyMatch(line -> line.contains("main_before_"));
                });
        return leads.get();
    }

    private static void read(Stream<String> lines, Queue<String> told) {
        try {
            lines.forEach(told::add);
        } catch (UncheckedIOException e) {
            told.add("closed by the test");
        }
    }

    private static void assertHealthy(RunningQueryApi api) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> {
                    var health = api.get("/health", ADMIN);
                    assertThat(health.body())
                            .isEqualTo(
                                    "{\"status\":\"ok\",\"components\":"
                                            + "{\"live\":\"ok\",\"postgres\":\"ok\"}}");
                });
    }
}
