package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What `/api/accounting` says of the projections themselves.
class AccountingIT {
    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void fill() {
        clear();
        models.position("traffic", 0, 5, 5);
        models.position("traffic", 1, 7, 7);
    }

    @AfterEach
    void clear() {
        sql("delete from ops.parked");
        models.clear();
    }

    @Test
    void projectionsAddUpAndLive() {
        var traffic = traffic();

        assertThat(traffic.propertyNames())
                .containsExactly(
                        "name", "read", "applied", "parked", "skipped", "fenced", "holds", "alive");
        assertThat(traffic.get("read").asInt()).isEqualTo(12);
        assertThat(traffic.get("fenced").asInt()).isZero();
        assertThat(traffic.get("holds").asBoolean()).isTrue();
        assertThat(traffic.get("alive").asBoolean()).isTrue();
        assertThat(answer().get("holds").asBoolean()).isTrue();
    }

    @Test
    void recordThatIsNowhereBreaksTheWhole() {
        sql("update ops.projection_position set applied = applied - 1 where part = 1");

        assertThat(traffic().get("holds").asBoolean()).isFalse();
        assertThat(answer().get("holds").asBoolean()).isFalse();
    }

    @Test
    void errorsOfTwoPartitionsDoNotMakeUpForEachOther() {
        sql("update ops.projection_position set applied = applied + (2 * part - 1)");

        assertThat(traffic().get("applied").asInt()).isEqualTo(12);
        assertThat(answer().get("holds").asBoolean()).isFalse();
    }

    @Test
    void whatIsCountedAsParkedIsKept() {
        sql("update ops.projection_position set applied = applied - 1, parked = 1 where part = 1");
        assertThat(traffic().get("holds").asBoolean()).isFalse();

        sql(
                "insert into ops.parked (projection, generation, topic, part, \"offset\", table_name, row_key, sqlstate, error) values ('traffic', 1, 'view.traffic.g1', 1, 6, 'traffic_15m', 'a', '23514', 'check')");

        assertThat(traffic().get("holds").asBoolean()).isTrue();
        assertThat(traffic().get("parked").asInt()).isEqualTo(1);
    }

    @Test
    void projectionWithoutHeartbeatIsDeadAlthoughItLagsBehindNothing() {
        sql(
                "update ops.projection set lag_age_ms = 0, source_lag = 0, sink_lag = 0, heartbeat = now() - interval '11 seconds' where projection = 'traffic'");

        assertThat(traffic().get("alive").asBoolean()).isFalse();
        assertThat(traffic().get("holds").asBoolean()).isTrue();
    }

    @Test
    void projectionThatNeverClaimedAPartitionIsThereToo() {
        sql("delete from ops.projection_position where projection = 'traffic'");

        assertThat(traffic().get("read").asInt()).isZero();
        assertThat(traffic().get("holds").asBoolean()).isTrue();
    }

    @Test
    void refusedWritesAreCounted() {
        sql("update ops.projection_position set fenced = 2 where projection = 'traffic'");

        assertThat(traffic().get("fenced").asInt()).isEqualTo(4);
        assertThat(answer().get("holds").asBoolean()).isTrue();
    }

    private JsonNode traffic() {
        for (JsonNode one : answer().get("projections")) {
            if (one.get("name").asString().equals("traffic")) {
                return one;
            }
        }
        throw new AssertionError("no traffic");
    }

    private JsonNode answer() {
        return api.get("/api/accounting", ADMIN).json();
    }

    private void sql(String statement) {
        models.jdbc().sql(statement).update();
    }
}
