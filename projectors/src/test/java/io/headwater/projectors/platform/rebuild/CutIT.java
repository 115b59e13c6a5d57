package io.headwater.projectors.platform.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.lag.LagProbe;
import io.headwater.projectors.platform.lag.LogEnds;
import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Who may cut, and what becomes of a cut that nobody ended.
class CutIT {

    private static final String PROJECTION = "cut";
    private static final Duration LONG = Duration.ofMinutes(1);

    private JdbcClient jdbc;
    private Admin admin;
    private LagProbe probe;

    @BeforeEach
    void start() {
        var backends = TestBackends.shared(Backend.POSTGRES, Backend.KAFKA);
        var source = new PGSimpleDataSource();
        source.setUrl(backends.jdbcUrl());
        source.setUser(backends.jdbcUser());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/projectors/ops")
                .defaultSchema("ops")
                .createSchemas(true)
                .load()
                .migrate();
        jdbc = JdbcClient.create(source);
        admin = Admin.create(Map.of("bootstrap.servers", backends.kafkaBootstrap()));
        probe = LagProbe.open(Brokers.at(backends.kafkaBootstrap()), "cut-it");
    }

    @AfterEach
    void clear() {
        jdbc.sql("delete from ops.cut where projection = :projection")
                .param("projection", PROJECTION)
                .update();
        probe.close();
        admin.close();
    }

    /// Postgres was away when it should have been ended.
    @Test
    void oneThatWasLeftBehindIsOverWhenItsGenerationIsComparedAgain() {
        var leftBehind = cut(2, LONG);
        assertThat(leftBehind.holds(jdbc)).isFalse();
        jdbc.sql("update ops.cut set state = 'GO' where projection = :projection")
                .param("projection", PROJECTION)
                .update();
        assertThat(leftBehind.holds(jdbc)).isTrue();

        try (var _ = cut(2, LONG)) {
            assertThat(leftBehind.holds(jdbc)).isFalse();
            assertThat(states()).containsExactly("DONE", "HOLD");
        }
        assertThat(states()).containsExactly("DONE", "DONE");
    }

    @Test
    void anotherGenerationWaitsUntilItIsOverOrExpired() {
        try (var _ = cut(2, LONG)) {
            assertThatThrownBy(() -> cut(3, LONG)).isInstanceOf(CutTakenException.class);
        }
        cut(3, Duration.ZERO);

        try (var _ = cut(4, LONG)) {
            assertThat(states()).containsExactly("DONE", "DONE", "HOLD");
        }
    }

    private Cut cut(int candidate, Duration limit) {
        return new Cut(jdbc, new LogEnds(admin), probe, followed(1), followed(candidate), limit);
    }

    private static LogEnds.Followed followed(int number) {
        return new LogEnds.Followed(new Generation(PROJECTION, number), List.of("nothing"));
    }

    private List<@Nullable String> states() {
        return jdbc.sql("select state from ops.cut where projection = :projection order by id")
                .param("projection", PROJECTION)
                .query(String.class)
                .list();
    }
}
