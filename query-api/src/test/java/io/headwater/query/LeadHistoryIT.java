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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import tools.jackson.databind.node.ObjectNode;

/// Questions about one key, with a double of projectors that tells the rows of the tables.
@TestInstance(Lifecycle.PER_CLASS)
class LeadHistoryIT {
    private static final List<String> TABLES =
            List.of(
                    "leads",
                    "lead_money",
                    "lead_timeline",
                    "lead_appointments",
                    "submissions",
                    "submission_changes",
                    "quarantine",
                    "provider_facts",
                    "lead_consents");
    private static final List<String> OF_OTHER_EVENTS = List.of("sessions", "related_projects");

    private final AtomicReference<String> seen = new AtomicReference<>("");
    private final AtomicReference<String> body = new AtomicReference<>("{}");
    private int status = 200;
    private final HttpServer projectors = server();
    private final ReadModels models = EmbeddedReadModels.models();
    private final RunningQueryApi api =
            api("http://127.0.0.1:" + projectors.getAddress().getPort());

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RunningQueryApi api(String url) {
        var backends = TestBackends.shared(Backend.POSTGRES);
        return new RunningQueryApi(
                backends.jdbcUrl(),
                backends.jdbcQueryUser(),
                "",
                "--headwater.projectors.url=" + url);
    }

    @BeforeAll
    void answer() {
        projectors.createContext(
                "/",
                exchange -> {
                    seen.set(
                            "%s %s %s %s"
                                    .formatted(
                                            exchange.getRequestMethod(),
                                            exchange.getRequestURI(),
                                            exchange.getRequestHeaders().getFirst("Authorization"),
                                            exchange.getRequestHeaders()
                                                    .getFirst("X-Headwater-Actor")));
                    byte[] answer = body.get().getBytes(StandardCharsets.UTF_8);
                    exchange.getResponseHeaders()
                            .set(
                                    "Content-Type",
                                    status == 200
                                            ? "application/json"
                                            : "application/problem+json");
                    exchange.sendResponseHeaders(status, answer.length);
                    exchange.getResponseBody().write(answer);
                    exchange.close();
                });
        projectors.start();
    }

    @AfterAll
    void stop() {
        api.close();
        projectors.stop(0);
    }

    @BeforeEach
    void fill() {
        status = 200;
        seen.set("nothing");
        models.clear();
        Instant then = Instant.parse("2026-11-20T12:00:00.123Z");
        models.lead(
                "main_1",
                "first_name",
                "Zoë \"Z\"",
                "email",
                "zoe@example.org",
                "visitor_id",
                "v1",
                "engagement_score",
                52,
                "suspicion_reasons",
                new String[] {"vpn", "fast, \"too\" fast"},
                "facts",
                1,
                "created_at",
                then);
        models.lead("main_2", "merged_into", "main_1", "merged_at", then);
        models.money("main_1", "EUR", "won_minor", 900L, "revenue_minor", 0L);
        models.submission("sub-1", "lead_id", "main_1", "payload", "{\"a\":1.50}");
        models.submission("sub-2", "lead_id", "main_2", "duplicate_received_at", then);
        models.fact("fact-1", "lead_id", "main_1", "amount_minor", 900L);
        models.consent(
                "sub-1:0",
                "submission_id",
                "sub-1",
                "lead_id",
                "main_1",
                "purposes",
                new String[] {"phone", "sms"},
                "text",
                "Call \"me\"");
        models.appointment("main_1", "b-1", "counts", true, "starts_at", then);
        models.timeline("event-1", "main_1", "kind", "captured", "at", then);
        models.timeline("event-2", "main_2", "kind", "captured", "at", then.plusSeconds(1));
    }

    @Test
    void asOfAnswersWithTheJsonOfToday() {
        // given
        var today = (ObjectNode) api.get("/analytics/leads/main_1", ADMIN).json();
        var timeline = api.get("/analytics/leads/main_1/timeline", ADMIN).json().get("items");
        body.set(told());
        models.clear();

        // when
        var answer = api.get("/analytics/leads/main_1?as_of=2026-11-20T12:00:00.5Z", ADMIN);

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(seen.get())
                .isEqualTo(
                        "GET /keys/leads/main_1/as-of?at=2026-11-20T12:00:00.500Z Bearer admin-key"
                                + " key:admin");
        var then = (ObjectNode) answer.json();
        assertThat(then.get("timeline")).isEqualTo(timeline);
        assertThat(then.get("as_of").asString()).isEqualTo("2026-11-20T12:00:00.500Z");
        assertThat(then.get("as_of_event").toString())
                .isEqualTo(
                        "{\"topic\":\"lead.events.v1\",\"partition\":3,\"offset\":41,"
                                + "\"recorded_at\":\"2026-11-20T12:00:00Z\"}");
        then.remove(List.of("timeline", "as_of", "as_of_event"));
        OF_OTHER_EVENTS.forEach(name -> assertThat(then.get(name)).isEmpty());
        then.remove(OF_OTHER_EVENTS);
        today.remove(OF_OTHER_EVENTS);
        assertThat(then).isEqualTo(today);
        assertThat(then.get("merged_leads").toString()).isEqualTo("[\"main_2\"]");
        assertThat(then.get("submissions_list")).hasSize(2);
        assertThat(then.at("/consents/0/purposes").toString()).isEqualTo("[\"phone\",\"sms\"]");
        assertThat(then.at("/consents/0/text").asString()).isEqualTo("Call \"me\"");
    }

    @Test
    void whatProjectorsRefuseIsPassedOn() {
        status = 404;
        body.set("{\"type\":\"/problems/not-found\",\"status\":404}");

        var answer = api.get("/analytics/leads/main_1?as_of=2020-01-01T00:00:00Z", ADMIN);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo(body.get());
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    }

    @Test
    void explainsAndRebuildsElsewhere() {
        body.set("{\"matches\":true}");

        var why = api.get("/analytics/leads/main_1/explain", ADMIN);

        assertThat(why.body()).isEqualTo("{\"matches\":true}");
        assertThat(seen.get())
                .isEqualTo("GET /keys/leads/main_1/explain Bearer admin-key key:admin");

        var rebuilt =
                api.send(
                        "/api/projections/sessions/keys/a%20b/rebuild",
                        ADMIN,
                        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()),
                        "X-Headwater-Actor",
                        "user:somebody-else");

        assertThat(rebuilt.status()).isEqualTo(200);
        assertThat(seen.get())
                .isEqualTo("POST /keys/sessions/a%20b/rebuild Bearer admin-key key:admin");
    }

    @Test
    void marketingIsNotAskedFor() {
        assertThat(
                        api.get("/analytics/leads/main_1?as_of=2026-11-20T12:00:00Z", MARKETING)
                                .status())
                .isEqualTo(403);
        assertThat(api.get("/analytics/leads/main_1/explain", MARKETING).status()).isEqualTo(403);
        assertThat(
                        api.send(
                                        "/api/projections/leads/keys/main_1/rebuild",
                                        MARKETING,
                                        HttpRequest.newBuilder()
                                                .POST(HttpRequest.BodyPublishers.noBody()))
                                .status())
                .isEqualTo(403);
        assertThat(seen.get()).isEqualTo("nothing");
    }

    @Test
    void saysWhichMomentIsNone() {
        var answer = api.get("/analytics/leads/main_1?as_of=yesterday", ADMIN);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("as_of");
        assertThat(seen.get()).isEqualTo("nothing");
    }

    @Test
    void saysWhenProjectorsDoNotAnswer() {
        try (var lonely = api("http://127.0.0.1:1")) {
            var answer = lonely.get("/analytics/leads/main_1/explain", ADMIN);

            assertThat(answer.status()).isEqualTo(502);
            assertThat(answer.json().get("type").asString())
                    .isEqualTo("/problems/projectors-unreachable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
    }

    /// The rows as projectors tell them: JSON as Postgres makes it of the same rows.
    private String told() {
        var tables = new StringBuilder();
        for (String table : TABLES) {
            tables.append(tables.isEmpty() ? "" : ",")
                    .append('"')
                    .append(table)
                    .append("\":")
                    .append(
                            models.jdbc()
                                    .sql(
                                            "select coalesce(jsonb_agg(to_jsonb(r)), '[]')::text from read."
                                                    + table
                                                    + " as r")
                                    .query(String.class)
                                    .single());
        }
        return "{\"topic\":\"lead.events.v1\",\"partition\":3,\"offset\":41,\"recorded_at\":\"2026-11-20T12:00:00Z\",\"tables\":{"
                + tables
                + "}}";
    }
}
