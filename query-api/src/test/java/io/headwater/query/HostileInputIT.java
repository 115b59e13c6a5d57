package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.query.platform.paging.Cursor;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputIT {
    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void fill() {
        models.clear();
        models.lead("main_1", "first_name", "O'Neil 100%_\\", "email", "o'neil@example.com");
        models.lead("main_2", "first_name", "Zoë 🦊", "email", "zoe@example.com");
    }

    @ParameterizedTest
    @CsvSource({
        "/analytics/leads?limit=0, limit",
        "/analytics/leads?limit=201, limit",
        "/analytics/leads?limit=ten, limit",
        "/analytics/leads?limit=99999999999999999999, limit",
        "/analytics/leads?sort=name, sort",
        "/analytics/leads?cursor=nonsense, cursor",
        "/analytics/leads?cursor=%00, cursor",
        "/analytics/leads?from=yesterday, from",
        "/analytics/leads?to=2026-13-01, to",
        "/analytics/leads?from=%2B999999999-01-01T00:00:00Z, from",
        "/analytics/leads?from=2026-02-01&to=2026-01-01, to",
        "/analytics/leads?test=maybe, test",
        "/analytics/leads?phone=12, phone",
        "/analytics/leads?q=a%00b, q",
        "/analytics/leads/volume?grain=decade, grain",
        "/analytics/leads/volume?by=mood, by",
        "/analytics/leads/volume?zone=Mars/Olympus, zone",
        "/analytics/leads/volume?zone=%2B05:30, zone",
        "/analytics/leads/volume?grain=15m&from=2000-01-01, grain",
        "/analytics/leads/volume?from=2999-01-01, from",
        "/analytics/submissions?outcome=lost, outcome",
        "/analytics/submissions?limit=-1, limit",
        "/analytics/facts?attributed=perhaps, attributed",
        "/analytics/facts?cursor=!!, cursor",
        "/analytics/sessions/daily?days=91, days",
        "/analytics/sessions/daily?days=0, days",
        "/analytics/sessions/daily?zone=nowhere, zone",
        "/analytics/pages/top?limit=101, limit",
        "/analytics/engine/submissions-daily?days=x, days",
        "/replay/sessions?limit=101, limit",
        "/replay/sessions?offset=-1, offset",
        "/replay/sessions?sort=created_at_desc, sort",
        "/api/accounting?from=1, from",
        "/api/projections?all=perhaps, all",
        "/api/projections/leads/history?limit=0, limit",
        "/api/projections/leads/history?cursor=1;drop, cursor",
        "/api/projections/leads/generations/one/report, generation",
    })
    void namesTheFieldAtFault(String path, String field) {
        var answer = api.get(path, ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.blamed()).isEqualTo(field);
        assertThat(answer.json().propertyNames())
                .containsExactly("type", "title", "status", "detail", "errors", "traceId", "error");
        assertThat(answer.json().get("type").asString()).isEqualTo("/problems/invalid-parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "created_at_desc, 2026-01-01T00:00:00Z x, id",
        "created_at_desc, +1000000000-01-01T00:00:00Z, id",
        "engagement_score_desc, 99999999999, id",
        "created_at_asc, '', id",
        "created_at_desc, 2026-01-01T00:00:00Z, ''",
        "name, 1, id",
    })
    void refusesForgedCursors(String sort, String value, String id) {
        String cursor = new Cursor(sort, value, id).encode();

        var answer = api.get("/analytics/leads?cursor=" + cursor, ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo("cursor");
    }

    @Test
    void refusesNulInsideCursors() {
        String cursor = new Cursor("created_at_desc", "2026-01-01T00:00:00Z", "a\0b").encode();

        assertThat(api.get("/analytics/leads?cursor=" + cursor, ADMIN).blamed())
                .isEqualTo("cursor");
    }

    @Test
    void refusesACursorOfAnotherSort() {
        String cursor = new Cursor("created_at_desc", "2026-01-01T00:00:00Z", "a").encode();

        assertThat(api.get("/analytics/leads?sort=created_at_asc&cursor=" + cursor, ADMIN).blamed())
                .isEqualTo("cursor");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "O'Neil | 1",
                "100%_\\ | 1",
                "% | 1",
                "_ | 1",
                "\\ | 1",
                "' or 1=1 -- | 0",
                "zoë 🦊 | 1",
                "ZOE@ | 1",
                "ex_mple | 0",
                ":email | 0",
            })
    void searchesLiterally(String text, int found) {
        var answer = api.get("/analytics/leads?q=" + encode(text), ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("items")).hasSize(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"email", "project", "source", "campaign", "country", "status", "site", "q"})
    void everyTextFilterTakesAnyText(String filter) {
        var answer =
                api.get("/analytics/leads?" + filter + "=" + encode("';drop table x;--🦊"), ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().get("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/analytics/leads/%00", "/replay/sessions/a%00b", "/analytics/leads?q=%ff"})
    void unreadableTextIsABadRequest(String path) {
        var answer = api.get(path, ADMIN);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void frameworkErrorsAreProblemsToo() {
        var unknown = api.get("/analytics/nothing-here", ADMIN);
        var method = api.send("/analytics/overview", ADMIN, HttpRequest.newBuilder().DELETE());

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().get("type").asString()).isEqualTo("/problems/not-found");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).contains("GET");
        assertThat(method.json().get("type").asString()).isEqualTo("/problems/method-not-allowed");
    }

    @Test
    void aQuestionThatTakesTooLongIsNotAMissingPostgres() throws SQLException {
        var backends = TestBackends.shared(Backend.POSTGRES);
        try (var hasty =
                        new RunningQueryApi(
                                backends.jdbcUrl(),
                                backends.jdbcQueryUser(),
                                "",
                                "--headwater.postgres.query-limit=1s");
                var connection =
                        DriverManager.getConnection(backends.jdbcUrl(), backends.jdbcUser(), "")) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table leads_g1.provider_facts");

            var answer = hasty.get("/analytics/facts", ADMIN);

            assertThat(answer.status()).as(answer.body()).isEqualTo(504);
            assertThat(answer.json().get("type").asString()).isEqualTo("/problems/query-too-slow");
            assertThat(answer.json().get("detail").asString()).contains("1 s");
        }
    }

    @Test
    void takesTheCallersTraceId() {
        String id = "0af7651916cd43dd8448eb211c80319c";

        var answer =
                api.get(
                        "/analytics/leads?limit=0",
                        ADMIN,
                        "traceparent",
                        "00-" + id + "-b7ad6b7169203331-01");

        assertThat(answer.json().get("traceId").asString()).isEqualTo(id);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
