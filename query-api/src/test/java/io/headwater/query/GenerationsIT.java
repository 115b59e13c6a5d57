package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static io.headwater.query.SentEvents.next;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What operators see of generations: state, progress, comparisons, history and the stream of it.
class GenerationsIT {
    private static final String REPORT =
            """
            {"projection": "traffic", "generation": 2, "against": 1, "equal": false, "rows": 1200,
             "tables": [
               {"table": "traffic_15m", "equal": false, "rows": {"live": 100, "candidate": 99},
                "differences": {"total": 3, "listed": [
                  {"key": "main|2026-11-29", "kind": "changed", "columns": ["events"]}]}},
               {"table": "page_views_15m", "equal": false,
                "differences": {"total": 4, "listed": []}}],
             "expected": [], "refused_because": null}
            """;

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();
    private final SentEvents streams = new SentEvents(api);
    private final OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);

    @BeforeEach
    void clear() {
        models.clear();
    }

    @AfterEach
    void closeStreams() {
        streams.closeAll();
    }

    @Test
    void progressHasARateOnceTwoReportsWereSeen() {
        onItsWay(2, 600, now);
        var first = api.get("/api/projections/traffic", MARKETING).json();
        models.jdbc()
                .sql(
                        """
                        update ops.projection
                        set source_end = 1100, source_lag = 500, heartbeat = :at
                        where generation = 2
                        """)
                .param("at", now.plusSeconds(2))
                .update();
        var second = api.get("/api/projections/traffic", MARKETING).json();

        assertThat(first).hasSize(2);
        assertThat(first.at("/0/progress").isNull()).isTrue();
        assertThat(first.at("/1/progress/done").asInt()).isEqualTo(300);
        assertThat(first.at("/1/progress/total").asInt()).isEqualTo(900);
        assertThat(first.at("/1/progress/per_second").isNull()).isTrue();
        assertThat(first.at("/1/progress/eta_seconds").isNull()).isTrue();
        assertThat(second.at("/1/progress/done").asInt()).isEqualTo(500);
        assertThat(second.at("/1/progress/per_second").asDouble()).isEqualTo(100.0);
        assertThat(second.at("/1/progress/eta_seconds").asInt()).isEqualTo(5);
        assertThat(second.at("/1/expected").toString()).isEqualTo("[\"traffic_15m.events\"]");
        assertThat(second.at("/1/max_rate").asInt()).isEqualTo(5_000);
        assertThat(second.at("/1/rate_limit").asInt()).isEqualTo(2_000);
        assertThat(second.at("/1/fold_version").asInt()).isEqualTo(1);
        assertThat(second.at("/1/purpose").asString()).isEqualTo("serve");
    }

    @Test
    void theLastWordsOfADeadProjectorAreNoRate() {
        onItsWay(3, 600, now.minusSeconds(32));
        api.get("/api/projections/traffic", ADMIN);
        models.jdbc()
                .sql(
                        "update ops.projection set source_lag = 1, heartbeat = :at where generation = 3")
                .param("at", now.minusSeconds(30))
                .update();

        var dead = api.get("/api/projections/traffic", ADMIN).json();

        assertThat(dead.at("/1/alive").asBoolean()).isFalse();
        assertThat(dead.at("/1/progress/per_second").isNull()).isTrue();
    }

    @Test
    void goneGenerationsAreToldWhenAskedFor() {
        models.generation("traffic", 2, "state", "GONE");

        assertThat(api.get("/api/projections/traffic", ADMIN).json()).hasSize(1);
        assertThat(api.get("/api/projections/traffic?all=true", ADMIN).json()).hasSize(2);
        assertThat(api.get("/api/projections", ADMIN).json()).hasSize(6);
        assertThat(api.get("/api/projections?all=true", ADMIN).json()).hasSize(7);
    }

    @Test
    void fencedWritesAreCounted() {
        models.position("traffic", 0, 5, 5);
        models.position("traffic", 1, 5, 5);
        models.jdbc().sql("update ops.projection_position set fenced = 2").update();

        var accounting = api.get("/api/projections/traffic", ADMIN).json().at("/0/accounting");

        assertThat(accounting.get("fenced").asInt()).isEqualTo(4);
        assertThat(accounting.get("holds").asBoolean()).isTrue();
    }

    @Test
    void theNewestReportCountsAndIsDownloaded() {
        models.generation("traffic", 2, "state", "FAILED", "reason", "7 rows differ");
        report("{\"equal\": true, \"rows\": 1}", true);
        report(REPORT, false);

        var verification =
                api.get("/api/projections/traffic", MARKETING).json().at("/1/verification");
        var report = api.get("/api/projections/traffic/generations/2/report", ADMIN);

        assertThat(verification.propertyNames())
                .containsExactly("report_id", "at", "against", "equal", "rows", "differences");
        assertThat(verification.get("equal").asBoolean()).isFalse();
        assertThat(verification.get("against").asInt()).isEqualTo(1);
        assertThat(verification.get("rows").asInt()).isEqualTo(1_200);
        assertThat(verification.get("differences").asInt()).isEqualTo(7);
        assertThat(report.status()).isEqualTo(200);
        assertThat(report.header("Content-Type")).isEqualTo("application/json");
        assertThat(report.header("Content-Disposition"))
                .isEqualTo(
                        "attachment; filename=\"traffic-g2-report-%d.json\""
                                .formatted(verification.get("report_id").asLong()));
        assertThat(report.json().at("/tables/0/differences/listed/0/key").asString())
                .isEqualTo("main|2026-11-29");
    }

    @Test
    void whatIsNotThereIsAProblem() {
        assertThat(problem("/api/projections/nothing")).isEqualTo("unknown-projection");
        assertThat(problem("/api/projections/nothing/history")).isEqualTo("unknown-projection");
        assertThat(problem("/api/projections/nothing/stream")).isEqualTo("unknown-projection");
        assertThat(problem("/api/projections/traffic/generations/1/report")).isEqualTo("not-found");
    }

    private String problem(String path) {
        var answer = api.get(path, ADMIN);
        assertThat(answer.status()).as(answer.body()).isEqualTo(404);
        return slug(answer);
    }

    @Test
    void historyIsPagedNewestFirst() {
        for (int step = 1; step <= 5; step++) {
            models.jdbc()
                    .sql(
                            """
                            insert into ops.transition
                                (projection, generation, from_state, to_state, reason, actor)
                            values ('traffic', 2, null, 'PLANNED', :reason, 'key:admin')
                            """)
                    .param("reason", "step " + step)
                    .update();
        }

        var first = api.get("/api/projections/traffic/history?limit=3", MARKETING).json();
        String cursor = first.get("next_cursor").asString();
        var rest = api.get("/api/projections/traffic/history?cursor=" + cursor, MARKETING).json();

        assertThat(first.get("items").findValuesAsString("reason"))
                .containsExactly("step 5", "step 4", "step 3");
        assertThat(first.at("/items/0").propertyNames())
                .containsExactly(
                        "id", "generation", "from_state", "to_state", "reason", "actor", "at");
        assertThat(rest.get("items").findValuesAsString("reason"))
                .containsExactly("step 2", "step 1");
        assertThat(rest.get("next_cursor").isNull()).isTrue();
        assertThat(api.get("/api/projections/leads/history", ADMIN).json().get("items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "generations/1/report"})
    void onlyAdminsSee(String path) {
        assertThat(api.get("/api/projections/traffic/" + path, MARKETING).status()).isEqualTo(403);
    }

    @Test
    void theStreamTellsHowAllStandsAndEveryStepToTheEnd() {
        onItsWay(2, 600, now);
        var events = streams.listen("/api/projections/traffic/stream", ADMIN);

        var live = next(events, "generation").data();
        var first = next(events, "generation").data();
        var again = next(events, "generation").data();
        models.jdbc()
                .sql(
                        "update ops.projection set state = 'FAILED', reason = 'x' where generation = 2")
                .update();
        var failed = await(events, "FAILED");
        models.jdbc().sql("update ops.projection set state = 'GONE' where generation = 2").update();
        var gone = await(events, "GONE");

        assertThat(live.get("state").asString()).isEqualTo("LIVE");
        assertThat(live.get("done").isNull()).isTrue();
        assertThat(first.propertyNames())
                .containsExactly(
                        "generation",
                        "purpose",
                        "state",
                        "step",
                        "health",
                        "alive",
                        "done",
                        "total",
                        "per_second",
                        "eta_seconds",
                        "lag_age_ms",
                        "rate_limit",
                        "verification",
                        "reason");
        assertThat(List.of(first.get("generation").asInt(), again.get("generation").asInt()))
                .containsExactly(2, 2);
        assertThat(first.get("done").asInt()).isEqualTo(300);
        assertThat(failed.get("reason").asString()).isEqualTo("x");
        assertThat(gone.get("generation").asInt()).isEqualTo(2);
    }

    private static tools.jackson.databind.JsonNode await(
            java.util.concurrent.BlockingQueue<SentEvents.Event> events, String state) {
        var data = next(events, "generation").data();
        while (!data.get("state").asString().equals(state)) {
            data = next(events, "generation").data();
        }
        return data;
    }

    private void onItsWay(int generation, long lag, OffsetDateTime heartbeat) {
        models.generation(
                "traffic",
                generation,
                "source_first",
                100L,
                "source_end",
                1_000L,
                "source_lag",
                lag,
                "max_rate",
                5_000,
                "rate_limit",
                2_000,
                "expected",
                new String[] {"traffic_15m.events"},
                "heartbeat",
                heartbeat);
    }

    private void report(String json, boolean equal) {
        models.jdbc()
                .sql(
                        """
                        insert into ops.report (projection, generation, against, equal, report)
                        values ('traffic', 2, 1, :equal, cast(:report as jsonb))
                        """)
                .param("equal", equal)
                .param("report", json)
                .update();
    }

    private static String slug(RunningQueryApi.Answer answer) {
        return answer.json().path("type").asString("").replace("/problems/", "");
    }
}
