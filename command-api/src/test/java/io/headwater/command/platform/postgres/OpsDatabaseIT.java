package io.headwater.command.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The operational schema on a real Postgres, with the role that command-api has.
class OpsDatabaseIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static PostgresSettings settings(String url) {
        return new PostgresSettings(
                url, "headwater_command", "", Duration.ofSeconds(1), Duration.ofSeconds(5), 2);
    }

    @Test
    void itsOwnRoleMakesTheSchemaAndMayDoNothingElse() {
        var postgres = TestBackends.shared(Backend.POSTGRES);
        try (var pool = new PostgresConfiguration().dataSource(settings(postgres.jdbcUrl()))) {
            var database = new OpsDatabase(pool, JdbcClient.create(pool));
            var health = new PostgresHealth(database);
            assertThat(health.up()).isFalse();
            database.start();
            await().atMost(LONG).until(health::up);
            assertThat(
                            database.jdbc()
                                    .sql("select count(*) from ops_command.limit_window")
                                    .query(Long.class)
                                    .single())
                    .isNotNegative();
            assertThatExceptionOfType(DataAccessException.class)
                    .isThrownBy(() -> database.jdbc().sql("create schema other").update());
            database.stop();
        }
    }

    @Test
    void aServerThatIsAwayIsToldAndBlocksNothing() {
        try (var pool =
                new PostgresConfiguration()
                        .dataSource(settings("jdbc:postgresql://127.0.0.1:1/headwater"))) {
            var database = new OpsDatabase(pool, JdbcClient.create(pool));
            database.start();
            var health = new PostgresHealth(database);
            assertThat(health.up()).isFalse();
            assertThat(health.required()).isFalse();
            assertThatExceptionOfType(OpsUnavailableException.class).isThrownBy(database::jdbc);
            database.stop();
        }
    }
}
