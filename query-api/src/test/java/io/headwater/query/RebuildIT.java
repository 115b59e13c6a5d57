package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import java.net.http.HttpRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What operators may ask of the projectors, and who may.
class RebuildIT {
    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void clear() {
        models.clear();
    }

    @Test
    void aRebuildIsAskedAndAnswered() throws InterruptedException {
        models.generation("traffic", 2, "state", "PLANNED");
        try (var _ = AnsweringProjectors.accepting(models.jdbc(), 2)) {
            var answer =
                    post(
                            "/api/projections/traffic/rebuild",
                            "{\"max_rate\": 5000, \"expected\": [\"traffic_15m.events\"]}");

            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            assertThat(answer.members())
                    .containsExactly(
                            "request_id", "projection", "action", "generation", "state", "links");
            assertThat(answer.json().get("generation").asInt()).isEqualTo(2);
            assertThat(answer.json().get("state").asString()).isEqualTo("PLANNED");
            assertThat(answer.json().at("/links/report").asString())
                    .isEqualTo("/api/projections/traffic/generations/2/report");
            assertThat(answer.json().at("/links/stream").asString())
                    .isEqualTo("/api/projections/traffic/stream");
            assertThat(asked(answer.json().get("request_id").asLong()))
                    .isEqualTo(
                            "traffic rebuild {\"expected\": [\"traffic_15m.events\"],"
                                    + " \"max_rate\": 5000} key:admin");
        }
    }

    @Test
    void theOtherActionsAreAskedInTheirWords() throws InterruptedException {
        try (var _ = AnsweringProjectors.acceptingForSeveral(models.jdbc())) {
            var verify = post("/api/projections/leads/verify", "");
            var rollback = post("/api/projections/leads/rollback", "{}");
            var retire = post("/api/projections/leads/retire", "{\"generation\": 3}");

            assertThat(asked(verify.json().get("request_id").asLong()))
                    .isEqualTo("leads verify {} key:admin");
            assertThat(asked(rollback.json().get("request_id").asLong()))
                    .isEqualTo("leads rollback {} key:admin");
            assertThat(asked(retire.json().get("request_id").asLong()))
                    .isEqualTo("leads retire {\"generation\": 3} key:admin");
            assertThat(retire.json().get("generation").isNull()).isTrue();
            assertThat(retire.json().at("/links/report").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-projection, 404, unknown-projection",
        "unknown-generation, 404, unknown-generation",
        "rebuild-running, 409, rebuild-running",
        "nothing-to-roll-back-to, 409, nothing-to-roll-back-to",
        "nothing-to-retire, 409, nothing-to-retire",
        "views-in-use, 409, views-in-use",
        "generation-live, 409, generation-live",
        "generation-behind, 409, generation-behind",
        "rule-of-next-year, 409, conflict",
    })
    void aRefusalNamesItsRule(String code, int status, String type) throws InterruptedException {
        try (var _ = AnsweringProjectors.refusing(models.jdbc(), code, "because of the test")) {
            var answer = post("/api/projections/traffic/retire", "{}");

            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(slug(answer)).isEqualTo(type);
            assertThat(answer.json().get("detail").asString()).endsWith("because of the test");
        }
    }

    @Test
    void aRequestThatNobodyAnswersStands() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        try (var impatient =
                new RunningQueryApi(
                        backends.jdbcUrl(),
                        backends.jdbcQueryUser(),
                        "",
                        "--headwater.rebuild.answer-limit=200ms")) {
            var answer = post(impatient, "/api/projections/traffic/rebuild", ADMIN, "{}");

            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(slug(answer)).isEqualTo("projectors-unavailable");
            long request =
                    models.jdbc()
                            .sql("select id from ops.request where answered_at is null")
                            .query(Long.class)
                            .single();
            assertThat(answer.json().get("detail").asString())
                    .contains("request " + request + " stands");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rebuild | {\"max_rate\": 0} | max_rate",
                "rebuild | {\"expected\": [\"Leads\"]} | expected[0]",
                "verify | {\"rate\": 5} | rate",
                "verify | 7 | body",
                "rollback | {\"generation\": 1} | generation",
                "retire | {\"generation\": 0} | generation",
            })
    void aBodyThatIsNotValidIsNotAsked(String action, String body, String blamed) {
        var answer = post("/api/projections/traffic/" + action, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.blamed()).isEqualTo(blamed);
        assertThat(requests()).isZero();
    }

    @Test
    void whatIsNoJsonAndWhatIsNoNameIsNotAsked() {
        assertThat(slug(post("/api/projections/traffic/rebuild", "{"))).isEqualTo("bad-request");
        assertThat(slug(post("/api/projections/No%00Name/rebuild", "{}"))).isNotEmpty();
        assertThat(slug(post("/api/projections/Traffic/rebuild", "{}")))
                .isEqualTo("unknown-projection");
        assertThat(requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rebuild", "verify", "rollback", "retire"})
    void onlyAdminsAsk(String action) {
        var answer = post(api, "/api/projections/traffic/" + action, MARKETING, "{}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(requests()).isZero();
    }

    @Test
    void queriesStillCannotWrite() {
        var jdbc = JdbcClient.create(api.context().getBean(javax.sql.DataSource.class));

        assertThatThrownBy(() ->
                        jdbc.sql(
                                        """
                                        insert into ops.request (projection, action, actor)
                                        values ('traffic', 'retire', 'nobody')
                                        """)
                                .update())
                .isInstanceOf(DataAccessException.class)
                .hasMessageContaining("read-only");
    }

    private String asked(long request) {
        return models.jdbc()
                .sql(
                        """
                        select projection || ' ' || action || ' ' || options || ' ' || actor
                        from ops.request
                        where id = :id
                        """)
                .param("id", request)
                .query(String.class)
                .single();
    }

    private long requests() {
        return models.jdbc().sql("select count(*) from ops.request").query(Long.class).single();
    }

    private static String slug(RunningQueryApi.Answer answer) {
        return answer.json().path("type").asString("").replace("/problems/", "");
    }

    private RunningQueryApi.Answer post(String path, String body) {
        return post(api, path, ADMIN, body);
    }

    private static RunningQueryApi.Answer post(
            RunningQueryApi api, String path, String key, String body) {
        return api.send(
                path,
                key,
                HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)),
                "Content-Type",
                "application/json");
    }
}
