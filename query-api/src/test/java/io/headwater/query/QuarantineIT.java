package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The quarantine and the audit of deliveries.
@TestInstance(Lifecycle.PER_CLASS)
class QuarantineIT {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private final AtomicReference<String> seen = new AtomicReference<>("");
    private final ReadModels models = EmbeddedReadModels.models();
    private HttpServer commandApi;
    private RunningQueryApi api;

    @BeforeAll
    void start() throws IOException {
        commandApi =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        commandApi.createContext(
                "/",
                exchange -> {
                    String body =
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8);
                    seen.set(
                            exchange.getRequestMethod()
                                    + " "
                                    + exchange.getRequestURI()
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("X-Headwater-Actor")
                                    + " "
                                    + body);
                    byte[] answer = "{\"plan_id\":\"p1\"}".getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(201, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        commandApi.start();
        var backends = TestBackends.shared(Backend.POSTGRES);
        api =
                new RunningQueryApi(
                        backends.jdbcUrl(),
                        backends.jdbcQueryUser(),
                        "",
                        "--headwater.command-api.url=http://127.0.0.1:"
                                + commandApi.getAddress().getPort());
    }

    @AfterAll
    void stop() {
        api.close();
        commandApi.stop(0);
    }

    @BeforeEach
    void rows() {
        seen.set("");
        models.clear();
        models.quarantined("q1", "source_id", "src-1", "received_at", NOON);
        models.quarantined(
                "q2", "code", "cap-reached", "received_at", NOON.plusSeconds(60), "problem", "cap");
        models.quarantined("q3", "state", "released", "received_at", NOON, "plan_id", "p0");
        models.change("q1", "phone", "before_value", "12", "after_value", "+34600000001");
        models.webhook(
                "r1",
                "source_id",
                "src-1",
                "received_at",
                NOON,
                "body",
                "{\"mail\":\"zoe@example.org\"}",
                "submission_ids",
                new String[] {"q1", "main-2", "not-yet"});
        models.submission("main-2", "lead_id", "lead-2");
        models.webhook(
                "r2",
                "outcome",
                "unauthenticated",
                "reason",
                "bad-signature",
                "status",
                401,
                "received_at",
                NOON.plusSeconds(1));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'q2,q1'",
        "state=all, 'q2,q3,q1'",
        "state=released, q3",
        "code=cap-reached, q2",
        "source=src-1, q1",
        "source=(none), q2",
        "mended=true, q1",
        "plan_id=p0&state=all, q3",
        "to=2026-11-20T12:00:30Z, q1"
    })
    void listIsNarrowed(String query, String expected) {
        var answer = api.get("/analytics/quarantine?" + query, ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("items").findValuesAsString("submission_id"))
                .containsExactly(expected.split(","));
    }

    @Test
    void detailHasThePersonAndTheChanges() {
        var found = api.get("/analytics/quarantine/q1", ADMIN).json();

        assertThat(found.get("email").asString()).isEqualTo("q1@example.com");
        assertThat(found.at("/changes/0/before").asString()).isEqualTo("12");
        assertThat(found.at("/changes/0/after").asString()).isEqualTo("+34600000001");
        assertThat(api.get("/analytics/quarantine/nothing", ADMIN).status()).isEqualTo(404);
        assertThat(api.get("/analytics/quarantine?state=lost", ADMIN).blamed()).isEqualTo("state");
    }

    @Test
    void summaryCountsWhatWaits() {
        var summary = api.get("/analytics/quarantine/summary", ADMIN).json();

        assertThat(summary.findValuesAsString("code"))
                .containsExactlyInAnyOrder("invalid-phone", "cap-reached");
        assertThat(summary.at("/0/waiting").asInt()).isEqualTo(1);
    }

    @Test
    void planByFilterNamesAllThatWaitOldestFirst() {
        var answer =
                plan(
                        "{\"filter\":{\"state\":\"all\"},\"action\":\"release\",\"rate_per_second\":5}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().get("plan_id").asString()).isEqualTo("p1");
        assertThat(seen.get())
                .isEqualTo(
                        "POST /admin/quarantine/plans key:admin"
                                + " {\"action\":\"release\",\"rate_per_second\":5,"
                                + "\"submission_ids\":[\"main_q1\",\"main_q2\"]}");
    }

    @Test
    void planByIdsIsPassedOn() {
        plan("{\"submission_ids\":[\"q1\"],\"action\":\"reject\",\"reason_code\":\"spam\"}");

        assertThat(seen.get())
                .endsWith(
                        "{\"submission_ids\":[\"q1\"],\"action\":\"reject\",\"reason_code\":\"spam\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"filter\":{\"code\":\"none\"},\"action\":\"release\"} | filter",
                "{\"filter\":{\"colour\":\"red\"},\"action\":\"release\"} | filter.colour",
                "{\"filter\":[],\"action\":\"release\"} | filter",
                "{\"filter\":{},\"submission_ids\":[],\"action\":\"release\"} | filter",
                "[] | body"
            })
    void planThatNamesNothingIsRefused(String body, String blamed) {
        var answer = plan(body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo(blamed);
        assertThat(seen.get()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'r2,r1'",
        "outcome=unauthenticated, r2",
        "reason=bad-signature, r2",
        "reason=(none), r1",
        "status=401, r2",
        "source=src-1, r1",
        "receipt_id=r1, r1",
        "submission_id=main-2, r1",
        "submission_id=main, ''",
        "q=zoe@example.org, r1",
        "q=mail, r1",
        "from=2026-11-20T12:00:01Z, r2"
    })
    void auditIsSearched(String query, String expected) {
        var answer = api.get("/analytics/webhooks?" + query, ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("items").findValuesAsString("receipt_id"))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(",")));
    }

    @Test
    void deliveryTellsWhatBecameOfItsSubmissions() {
        var found = api.get("/analytics/webhooks/r1", ADMIN).json();

        assertThat(found.get("submission_count").asInt()).isEqualTo(3);
        assertThat(found.get("submissions").findValuesAsString("submission_id"))
                .containsExactly("q1", "main-2", "not-yet");
        assertThat(found.at("/submissions/0/outcome").asString()).isEqualTo("quarantined");
        assertThat(found.at("/submissions/1/lead_id").asString()).isEqualTo("lead-2");
        assertThat(found.at("/submissions/2/outcome").isNull()).isTrue();
        assertThat(api.get("/analytics/webhooks/r2", ADMIN).json().get("submissions")).isEmpty();
    }

    @Test
    void deliveryHasItsBody() {
        var found = api.get("/analytics/webhooks/r1", ADMIN).json();

        assertThat(found.get("body").asString()).isEqualTo("{\"mail\":\"zoe@example.org\"}");
        assertThat(found.get("headers").isObject()).isTrue();
        assertThat(api.get("/analytics/webhooks/none", ADMIN).status()).isEqualTo(404);
    }

    private RunningQueryApi.Answer plan(String body) {
        return api.send(
                "/analytics/quarantine/plans",
                ADMIN,
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)),
                "Content-Type",
                "application/json");
    }
}
