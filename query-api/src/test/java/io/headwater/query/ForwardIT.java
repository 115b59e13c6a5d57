package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class ForwardIT {
    private static final String PROBLEM = "{\"type\":\"/problems/conflict\",\"status\":409}";

    private final AtomicReference<String> seen = new AtomicReference<>("");
    private final AtomicReference<String> actor = new AtomicReference<>("");
    private final HttpServer commandApi = server();
    private final RunningQueryApi api = api();

    private HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunningQueryApi api() {
        EmbeddedReadModels.models();
        var backends = TestBackends.shared(Backend.POSTGRES);
        return new RunningQueryApi(
                backends.jdbcUrl(),
                backends.jdbcQueryUser(),
                "",
                "--headwater.command-api.largest-body=1KB",
                "--headwater.command-api.url=http://127.0.0.1:"
                        + commandApi.getAddress().getPort());
    }

    @BeforeAll
    void answer() {
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
                                    + exchange.getRequestHeaders().getFirst("Authorization")
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("Cookie")
                                    + " "
                                    + body);
                    actor.set(
                            exchange.getRequestHeaders().getFirst("X-Headwater-Actor")
                                    + " "
                                    + exchange.getRequestHeaders().getFirst("If-Match"));
                    boolean deletes = exchange.getRequestMethod().equals("DELETE");
                    exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
                    exchange.getResponseHeaders().set("Location", "/analytics/sites/s1");
                    exchange.getResponseHeaders().set("Proxy-Connection", "keep-alive");
                    byte[] answer = PROBLEM.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(deletes ? 204 : 409, deletes ? -1 : answer.length);
                    if (!deletes) {
                        exchange.getResponseBody().write(answer);
                    }
                    exchange.close();
                });
        commandApi.start();
    }

    @AfterAll
    void stop() {
        api.close();
        commandApi.stop(0);
    }

    @Test
    void passesTheRequestAndItsAnswerOn() {
        var answer =
                api.send(
                        "/analytics/sites?dry=1&name=%C3%A4",
                        ADMIN,
                        HttpRequest.newBuilder()
                                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"ä\"}")),
                        "Content-Type",
                        "application/json",
                        "Cookie",
                        "a=b");

        assertThat(seen.get())
                .isEqualTo(
                        "POST /analytics/sites?dry=1&name=%C3%A4 Bearer admin-key null"
                                + " {\"name\":\"ä\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).isEqualTo(PROBLEM);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Location")).isEqualTo("/analytics/sites/s1");
        assertThat(answer.header("Proxy-Connection")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void aFormIsPassedOnAsItCameEvenABrokenOne(String method) {
        api.send(
                "/analytics/sites/s1/domains?dry=1",
                ADMIN,
                HttpRequest.newBuilder()
                        .method(method, HttpRequest.BodyPublishers.ofString("%22=%2")),
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(seen.get())
                .isEqualTo(
                        method + " /analytics/sites/s1/domains?dry=1 Bearer admin-key null %22=%2");
    }

    @Test
    void whatIsDoneWithALeadIsDecidedElsewhereAndSaysWhoDoesIt() {
        var lost =
                api.send(
                        "/analytics/leads/main_1/lose?wait=1",
                        ADMIN,
                        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString("{}")),
                        "X-Headwater-Actor",
                        "user:somebody-else",
                        "If-Match",
                        "\"3\"");
        assertThat(lost.status()).isEqualTo(409);
        assertThat(seen.get())
                .startsWith("POST /analytics/leads/main_1/lose?wait=1 Bearer admin-key");
        assertThat(actor.get()).isEqualTo("key:admin \"3\"");

        api.send(
                "/analytics/leads/main_1",
                ADMIN,
                HttpRequest.newBuilder()
                        .method("PATCH", HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(seen.get()).startsWith("PATCH /analytics/leads/main_1 ");
    }

    @Test
    void tellsWhatBecameOfAForwardedCommand() {
        api.get("/commands/c-1", ADMIN);

        assertThat(seen.get()).startsWith("GET /commands/c-1 Bearer admin-key");
    }

    @Test
    void leavesItToCommandApiWhatThereIs() {
        var answer = api.send("/analytics/forms/f1", ADMIN, HttpRequest.newBuilder().DELETE());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(seen.get()).startsWith("DELETE /analytics/forms/f1 ");
    }

    @Test
    void passesAnswersWithoutABodyOn() {
        var answer =
                api.send(
                        "/analytics/sites/s%2F1/domains/d1",
                        ADMIN, HttpRequest.newBuilder().DELETE());

        assertThat(answer.status()).isIn(204, 400);
        answer =
                api.send(
                        "/analytics/sites/s1/domains/d1", ADMIN, HttpRequest.newBuilder().DELETE());
        assertThat(answer.status()).isEqualTo(204);
        assertThat(seen.get()).startsWith("DELETE /analytics/sites/s1/domains/d1 ");
    }

    @Test
    void asksNothingForMarketing() {
        seen.set("nothing");

        assertThat(api.get("/admin/sources", MARKETING).status()).isEqualTo(403);
        assertThat(seen.get()).isEqualTo("nothing");
    }

    @Test
    void refusesLargeBodies() {
        var answer =
                api.send(
                        "/analytics/forms",
                        ADMIN,
                        HttpRequest.newBuilder()
                                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(1025))));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/body-too-large");
    }

    @Test
    void saysWhenNobodyAnswers() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        try (var lonely =
                new RunningQueryApi(
                        backends.jdbcUrl(),
                        backends.jdbcQueryUser(),
                        "",
                        "--headwater.command-api.url=http://127.0.0.1:1")) {
            var answer = lonely.get("/analytics/sites", ADMIN);

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.json().get("type").asString())
                    .isEqualTo("/problems/command-api-unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
    }
}
