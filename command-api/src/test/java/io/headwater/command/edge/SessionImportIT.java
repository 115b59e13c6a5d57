package io.headwater.command.edge;

import static io.headwater.schema.Slots.slotOfSession;
import static io.headwater.schema.Slots.slotOfVisitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.command.platform.postgres.OpsDatabase;
import io.headwater.events.tracking.SessionImported;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Past sessions at the edge, with the ledger on a real Postgres.
class SessionImportIT {

    private static final String PATH = "/admin/import/sessions?site_id=lakeside";
    private static EdgeServer server;

    private final String tag = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        String url = TestBackends.shared(Backend.POSTGRES).jdbcUrl();
        server = new EdgeServer("--headwater.postgres.url=" + url);
        await().atMost(Duration.ofSeconds(60)).until(server.bean(OpsDatabase.class)::ready);
    }

    @BeforeEach
    void reset() {
        server.reset();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void aRowIsOneSessionWithItsOwnTimes() {
        var answer =
                post(
                        PATH,
                        """
                        {"Visit-ID":"%s","client_id":"v-1","Start Time":"2023-05-06 07:08:09","duration":"00:03:00",
                         "pages":["https://a.example/","https://a.example/b"],"clicks":"10","scroll_depth":"80%%",
                         "source":"google","medium":"(none)","device":"Smartphone","browser":"Firefox","country":"Spain",
                         "ga_session_number":3,"colour":"red"}\
                        """
                                .formatted(tag)
                                .replace("\n", ""));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().at("/rows/0/outcome").asString()).isEqualTo("accepted");
        assertThat(answer.json().path("unused_columns").valueStream().map(JsonNode::asString))
                .containsExactly("colour");
        SessionImported session = server.log.of(SessionImported.class).getFirst();
        Instant start = Instant.parse("2023-05-06T07:08:09Z");
        assertThat(session)
                .returns(tag, SessionImported::getExternalId)
                .returns(start, SessionImported::getStartedAt)
                .returns(start.plusSeconds(180), SessionImported::getEndedAt)
                .returns(2, SessionImported::getPageViews)
                .returns(12, SessionImported::getEventCount)
                .returns(80.0, SessionImported::getMaxScrollPercent)
                .returns("https://a.example/b", SessionImported::getExitPage)
                .returns("google", SessionImported::getUtmSource)
                .returns(null, SessionImported::getUtmMedium)
                .returns("mobile", SessionImported::getDeviceType)
                .returns("ES", SessionImported::getCountry)
                .returns(2, SessionImported::getReturnVisits);
        assertThat(slotOfSession(session.getSessionId())).isEqualTo(slotOfVisitor("v-1"));
        assertThat(server.log.records.getFirst().partition())
                .as("the slot's, where the visitor's other sessions are")
                .isEqualTo(slotOfVisitor("v-1") % 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'started_at':'2023-01-01T00:00:00Z' | session_id | invalid-fields | is required",
                "'session_id':'x' | started_at | invalid-fields | is required",
                "'session_id':'x','started_at':'soon' | started_at | invalid-timestamp | no ISO 8601",
                "'session_id':'x','started_at':'2999-01-01' | started_at | absurd-timestamp | future",
                "'session_id':'x','started_at':'2023-01-02','ended_at':'2023-01-01' | ended_at | invalid-fields | before started_at",
                "'session_id':'x','started_at':'2023-01-01','ended_at':'2023-01-09' | ended_at | invalid-fields | longer than 7 days",
                "'session_id':'x','started_at':'2023-01-01','duration':'a while' | duration_seconds | invalid-fields | no number",
                "'session_id':'x','started_at':'2023-01-01T00:00:00Z','ended_at':'2023-01-01T00:00:10Z','duration':60 | duration_seconds | invalid-fields | more than from",
                "'session_id':'x','started_at':'2023-01-01','page_views':1,'pages':'/a /b' | page_views | invalid-fields | less than the 2",
                "'session_id':'x','started_at':'2023-01-01','clicks':1.5 | clicks | invalid-fields | no whole number",
                "'session_id':'x','started_at':'2023-01-01','scroll':101 | max_scroll_percent | invalid-fields | no percentage",
                "'session_id':'x','started_at':'2023-01-01','pages':{'a':1} | pages | invalid-fields | no list",
                "'session_id':'x','started_at':'2023-01-01','pages':[1] | pages | invalid-fields | no text",
                "'session_id':'x','started_at':'2023-01-01','country':'Atlantis' | country | invalid-fields | no country",
            })
    void whatCannotBeUsedIsNamedByFieldAndTheRestGoesOn(
            String members, String field, String code, String reason) {
        var rows =
                post(
                                PATH,
                                "{"
                                        + members.replace('\'', '"')
                                        + "}\nno row\n"
                                        + row(tag + members.hashCode(), 0))
                        .json()
                        .path("rows");

        assertThat(rows.get(0).path("outcome").asString()).isEqualTo("refused");
        assertThat(rows.get(0).path("field").asString()).isEqualTo(field);
        assertThat(rows.get(0).path("code").asString()).isEqualTo(code);
        assertThat(rows.get(0).path("detail").asString()).startsWith(field).contains(reason);
        assertThat(rows.get(1).path("code").asString()).isEqualTo("malformed-body");
        assertThat(rows.get(2).path("outcome").asString()).isEqualTo("accepted");
        assertThat(server.log.of(SessionImported.class)).hasSize(1);
    }

    @Test
    void aSessionCountsOnceHoweverOftenItComes() {
        var before = account();
        String rows = row(tag, 1) + row(tag, 1) + row(tag, 2);

        assertThat(outcomes(PATH, rows)).containsExactly("accepted", "duplicate", "refused");
        assertThat(outcomes(PATH, rows)).containsExactly("duplicate", "duplicate", "refused");
        assertThat(outcomes(PATH + "&dry_run=true", rows))
                .containsExactly("duplicate", "duplicate", "refused");

        assertThat(server.log.of(SessionImported.class)).hasSize(1);
        var now = account();
        assertThat(now.path("holds").asBoolean()).isTrue();
        assertThat(grown(before, now)).containsExactly(6L, 1L, 3L, 2L, 1L);
    }

    @Test
    void aDryRunSaysWhatWouldBeAndKeepsNothing() {
        var before = account();

        assertThat(outcomes(PATH + "&dry_run=true", row(tag, 1) + row(tag, 1) + "{}"))
                .containsExactly("valid", "duplicate", "refused");

        assertThat(server.log.records).isEmpty();
        assertThat(account()).isEqualTo(before);
    }

    @Test
    void whatWasNotConfirmedComesAgainUnderTheSameId() {
        var before = account();
        server.log.away = true;
        assertThat(post(PATH, row(tag, 1)).status()).isEqualTo(503);
        assertThat(account().path("unsettled").asLong())
                .isEqualTo(before.path("unsettled").asLong() + 1);
        server.log.away = false;

        assertThat(outcomes(PATH, row(tag, 1))).containsExactly("accepted");

        var now = account();
        assertThat(grown(before, now)).containsExactly(1L, 1L, 0L, 0L, 1L);
        assertThat(now.path("unsettled")).isEqualTo(before.path("unsettled"));
    }

    @Test
    void ofRequestsAtOnceOneKeepsIt() throws Exception {
        var before = account();
        var rows = row(tag + "a", 1) + row(tag + "b", 1);
        var turned = row(tag + "b", 1) + row(tag + "a", 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<String>>> both =
                    List.of(() -> outcomes(PATH, rows), () -> outcomes(PATH, turned));
            for (var answer : threads.invokeAll(both)) {
                assertThat(answer.get()).hasSize(2).isSubsetOf("accepted", "duplicate");
            }
        }

        assertThat(grown(before, account())).containsExactly(4L, 2L, 2L, 0L, 2L);
        var ids = new HashSet<String>();
        server.log.of(SessionImported.class).forEach(session -> ids.add(session.getSessionId()));
        assertThat(ids).hasSize(2);
    }

    private static String row(String id, int clicks) {
        return "{\"session_id\":\"%s\",\"visitor_id\":\"v\",\"started_at\":1683356889,\"clicks\":%d}\n"
                .formatted(id, clicks);
    }

    private static JsonNode account() {
        return server.call("GET", PATH).json();
    }

    /// Received, accepted, duplicate, refused, sessions.
    private static List<Long> grown(JsonNode before, JsonNode now) {
        return List.of("received", "accepted", "duplicate", "refused", "sessions").stream()
                .map(name -> now.path(name).asLong() - before.path(name).asLong())
                .toList();
    }

    private static List<String> outcomes(String path, String lines) {
        var answer = post(path, lines);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.json()
                .path("rows")
                .valueStream()
                .map(row -> row.path("outcome").asString())
                .toList();
    }

    private static EdgeServer.Answer post(String path, String lines) {
        return server.post(path, "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8));
    }
}
