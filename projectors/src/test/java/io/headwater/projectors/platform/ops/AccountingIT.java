package io.headwater.projectors.platform.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.headwater.projectors.SharedTables;
import io.headwater.projectors.platform.Generation;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The accounts of one generation on a real Postgres, and what is said when they are wrong.
class AccountingIT {

    private static final Generation TRAFFIC = new Generation("traffic", 901);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private JdbcClient jdbc;
    private Accounting accounting;

    @BeforeEach
    void start() {
        jdbc = SharedTables.ops();
        clear();
        sql(
                "insert into ops.projection (projection, generation, fold_version, state, lag_age_ms) values ('traffic', 901, 1, 'CATCHING_UP', 1500)");
        for (int part = 0; part < 2; part++) {
            sql(
                    "insert into ops.projection_position (projection, generation, topic, part, read, applied, parked, skipped, fenced) values ('traffic', 901, 'view.traffic.g901', "
                            + part
                            + ", 10, 7, 1, 2, 3)");
            park(part);
        }
        accounting = new Accounting(jdbc, new AccountingMetrics(registry));
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void clear() {
        logger().detachAppender(log);
        for (String table : List.of("projection", "projection_position", "parked")) {
            sql("delete from ops." + table + " where generation = 901");
        }
    }

    @Test
    void metricsShowWhatBecameOfEveryRecord() {
        accounting.check();

        assertThat(value("projection.records.read")).isEqualTo(20);
        assertThat(value("projection.records.applied")).isEqualTo(14);
        assertThat(value("projection.records.parked")).isEqualTo(2);
        assertThat(value("projection.records.skipped")).isEqualTo(4);
        assertThat(value("projection.records.fenced")).isEqualTo(6);
        assertThat(value("projection.accounting.holds")).isEqualTo(1);
        assertThat(seconds("projection.lag.age")).isEqualTo(1.5);
        assertThat(errors()).isEmpty();
    }

    @Test
    void recordThatIsNowhereIsSaidOnce() {
        // given
        sql(
                "update ops.projection_position set applied = applied - 1 where generation = 901 and part = 1");

        // when
        accounting.check();
        accounting.check();

        // then
        assertThat(value("projection.accounting.holds")).isZero();
        assertThat(errors())
                .singleElement()
                .asString()
                .contains("accounting does not hold", "traffic.g901", "applied 13", "1 partitions");
        sql(
                "update ops.projection_position set applied = applied + 1 where generation = 901 and part = 1");
        accounting.check();
        assertThat(value("projection.accounting.holds")).isEqualTo(1);
        assertThat(errors()).hasSize(1);
        assertThat(log.list.getLast().getFormattedMessage()).isEqualTo("accounting holds again");
    }

    @Test
    void errorsOfTwoPartitionsDoNotMakeUpForEachOther() {
        sql(
                "update ops.projection_position set applied = applied + (2 * part - 1) where generation = 901");

        accounting.check();

        assertThat(value("projection.records.applied")).isEqualTo(14);
        assertThat(value("projection.accounting.holds")).isZero();
    }

    @Test
    void parkedRecordThatIsNotKeptIsMissed() {
        sql("delete from ops.parked where generation = 901 and part = 0");

        accounting.check();

        assertThat(value("projection.accounting.holds")).isZero();
        assertThat(errors()).singleElement().asString().contains("parked 2, in ops.parked 1");
    }

    @Test
    void staleHeartbeatShowsAlthoughNothingLags() {
        sql(
                "update ops.projection set lag_age_ms = 0, heartbeat = now() - interval '1 hour' where generation = 901");

        accounting.check();

        assertThat(seconds("projection.lag.age")).isZero();
        assertThat(seconds("projection.heartbeat.age")).isBetween(3_600.0, 3_700.0);
        assertThat(value("projection.accounting.holds")).isEqualTo(1);
    }

    @Test
    void generationThatIsGoneHasNoMetrics() {
        accounting.check();
        sql("update ops.projection set state = 'GONE' where generation = 901");

        accounting.check();

        assertThat(registry.find("projection.records.read").tag("generation", "901").meters())
                .isEmpty();
    }

    private double seconds(String name) {
        return registry.get(name)
                .tags("projection", "traffic", "generation", "901")
                .timeGauge()
                .value(TimeUnit.SECONDS);
    }

    private double value(String name) {
        Meter meter = registry.get(name).tags("projection", "traffic", "generation", "901").meter();
        return meter.measure().iterator().next().getValue();
    }

    private List<String> errors() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(event -> event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .filter(text -> text.contains(TRAFFIC.toString()))
                .toList();
    }

    private void park(int part) {
        sql(
                "insert into ops.parked (projection, generation, topic, part, \"offset\", table_name, row_key, sqlstate, error) values ('traffic', 901, 'view.traffic.g901', "
                        + part
                        + ", 0, 'traffic_15m', 'a', '23514', 'check')");
    }

    private void sql(String statement) {
        jdbc.sql(statement).update();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(Accounting.class);
    }
}
