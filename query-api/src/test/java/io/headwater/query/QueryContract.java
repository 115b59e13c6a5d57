package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static io.headwater.query.RunningQueryApi.MARKETING;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/// What answers say when views are behind, incomplete or odd.
abstract class QueryContract extends AnswerContract {
    @Test
    void accountingHoldsAndTellsWhenNot() {
        assertThat(api().get("/api/accounting", ADMIN).json().get("holds").asBoolean()).isTrue();

        // now: one is on its way
        models().intake(
                        now.truncatedTo(ChronoUnit.MINUTES),
                        "webhook",
                        "received",
                        2,
                        "accepted",
                        1);
        var open = api().get("/api/accounting", ADMIN).json();
        assertThat(open.get("holds").asBoolean()).isTrue();
        assertThat(open.get("in_flight").asInt()).isEqualTo(1);

        // two hours ago: one is lost
        var over = quarter.minus(Duration.ofHours(2));
        models().intake(over, "webhook", "received", 2, "accepted", 1);
        var broken =
                api().get("/api/accounting?from=" + over + "&to=" + over.plusSeconds(900), ADMIN)
                        .json();
        assertThat(broken.get("holds").asBoolean()).isFalse();
        assertThat(broken.get("by_source").get(0).propertyNames())
                .containsExactly(
                        "site_id",
                        "source_id",
                        "received",
                        "accepted",
                        "duplicate",
                        "blocked",
                        "test",
                        "refused",
                        "quarantined",
                        "in_flight",
                        "holds",
                        "undecided_since");
    }

    @Test
    void submissionsThatWaitForTheirDecisionAreNotLost() {
        Instant since = quarter.minus(Duration.ofHours(2));
        String range = "/api/accounting?from=" + since;
        models().clear();
        models().intake(since.minus(Duration.ofHours(1)), "api", "received", 3, "accepted", 3);
        models().intake(since, "api", "received", 3, "accepted", 1);
        models().intake(since.plusSeconds(900), "api", "received", 2);

        var waiting = api().get(range, ADMIN).json();
        assertThat(waiting.get("holds").asBoolean()).isTrue();
        assertThat(waiting.get("undecided_since").asString()).isEqualTo(since.toString());

        // The decider went on: it has passed them.
        models().intake(since.plusSeconds(1800), "api", "received", 1, "accepted", 1);
        var lost = api().get(range, ADMIN).json();
        assertThat(lost.get("holds").asBoolean()).isFalse();
        assertThat(lost.get("undecided_since").isNull()).isTrue();
    }

    @Test
    void moreOutcomesThanReceiptsNeverHold() {
        models().clear();
        models().intake(quarter.minus(Duration.ofHours(2)), "api", "received", 1, "accepted", 2);

        assertThat(api().get("/api/accounting", ADMIN).json().get("holds").asBoolean()).isFalse();
    }

    @Test
    void whatTheViewHasNotReachedIsNotJudged() {
        models().clear();
        models().intake(quarter.minus(Duration.ofHours(2)), "api", "received", 1, "accepted", 2);
        models().jdbc()
                .sql(
                        "update ops.projection set lag_age_ms = 4 * 3600 * 1000, health = 'CATCHING_UP'")
                .update();

        assertThat(api().get("/api/accounting", ADMIN).json().get("holds").asBoolean()).isTrue();
    }

    @Test
    void freshnessStandsStillWhileTheSinkDoes() {
        models().jdbc()
                .sql("update ops.projection_position set heartbeat = now() - interval '1 hour'")
                .update();
        assertThat(asOf()).isAfter(Instant.now().minus(Duration.ofMinutes(30)));

        models().jdbc()
                .sql("update ops.projection set health = 'STOPPED', heartbeat = now()")
                .update();
        assertThat(asOf()).isBefore(Instant.now().minus(Duration.ofMinutes(30)));
    }

    private Instant asOf() {
        return Instant.parse(api().get("/analytics/leads", ADMIN).header("X-As-Of"));
    }

    @Test
    void oneEventIsNoDuration() {
        models().session("bounce", "started_at", now, "event_count", 1, "duration_seconds", 0);

        var overview = api().get("/analytics/overview", ADMIN).json();

        assertThat(overview.get("total_sessions").asInt()).isEqualTo(3);
        assertThat(overview.get("avg_session_duration_s").asDouble()).isEqualTo(60.0);
    }

    @Test
    void aLeadWithoutAVisitorHasItsOwnSession() {
        models().lead("main_2", "session_id", "s2");

        var lead = api().get("/analytics/leads/main_2", ADMIN);

        assertThat(lead.json().get("sessions").findValuesAsString("session_id"))
                .containsExactly("s2");
        assertThat(lead.header("X-Generation")).isEqualTo("leads=1, sessions=1");
    }

    @Test
    void aSessionKeepsItsLeadWhenThatComesAgainFromAnother() {
        models().submission("sub-3", "lead_id", "main_1", "session_id", "s2");
        models().submission(
                        "sub-4", "lead_id", "main_9", "session_id", "s2", "outcome", "duplicate");
        models().lead("main_9");

        assertThat(
                        api().get("/replay/sessions/s2", ADMIN)
                                .json()
                                .get("leads")
                                .findValuesAsString("lead_id"))
                .containsExactly("main_1");
    }

    @Test
    void factsAreFoundByTheirKindInAnyCase() {
        assertThat(api().get("/analytics/facts?kind=PAYMENT", ADMIN).json().get("items"))
                .hasSize(1);
    }

    @Test
    void projectionsTellPositionAndAccounting() {
        models().beat();
        var answer = api().get("/api/projections", MARKETING);

        assertThat(answer.json()).hasSize(6);
        var leads = answer.json().get(2);
        assertThat(leads.propertyNames())
                .containsExactly(
                        "name",
                        "generation",
                        "state",
                        "health",
                        "lag_records",
                        "lag_age_ms",
                        "rate_per_second",
                        "updated_at",
                        "alive",
                        "fold_version",
                        "purpose",
                        "planned_at",
                        "live_at",
                        "retire_at",
                        "expected",
                        "max_rate",
                        "rate_limit",
                        "progress",
                        "step",
                        "verification",
                        "sample",
                        "accounting",
                        "positions");
        assertThat(leads.get("name").asString()).isEqualTo("leads");
        assertThat(leads.get("state").asString()).isEqualTo("LIVE");
        assertThat(leads.get("alive").asBoolean()).isTrue();
        assertThat(leads.at("/accounting/holds").asBoolean()).isTrue();
        assertThat(leads.at("/positions/0").propertyNames())
                .containsExactly(
                        "topic",
                        "partition",
                        "next_offset",
                        "end_offset",
                        "epoch",
                        "owner",
                        "heartbeat");
    }

    @Test
    void mayNotWrite() {
        var dataSource = api().context().getBean(javax.sql.DataSource.class);
        var jdbc = org.springframework.jdbc.core.simple.JdbcClient.create(dataSource);

        assertThat(jdbc.sql("show default_transaction_read_only").query(String.class).single())
                .isEqualTo("on");
    }
}
