package io.headwater.projectors.platform.ops;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.schema.LogEpoch;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// In a database of its own: the epoch is the database's.
class LogEpochGuardIT {

    private static final Backends POSTGRES = TestBackends.shared(Backend.POSTGRES);

    private JdbcClient jdbc;

    @BeforeEach
    void freshDatabase() {
        String name = "epoch_" + UUID.randomUUID().toString().replace("-", "");
        database(POSTGRES.jdbcUrl(), "postgres").sql("create database " + name).update();
        String url = POSTGRES.jdbcUrl().replace("/headwater", "/" + name);
        jdbc = database(url, "postgres");
        Flyway.configure()
                .dataSource(url, "postgres", "")
                .locations("classpath:db/projectors/ops")
                .defaultSchema("ops")
                .createSchemas(true)
                .load()
                .migrate();
    }

    @Test
    void newTablesAreOfTheLogThatIsThere() {
        assertThatCode(() -> guard(2, LogEpoch.OPEN).requireSameLog()).doesNotThrowAnyException();
        assertThatCode(() -> guard(2, LogEpoch.OPEN).requireSameLog()).doesNotThrowAnyException();
    }

    @Test
    void tablesOfAFormerLogAreNotUsed() {
        guard(1, LogEpoch.OPEN).requireSameLog();

        assertThatThrownBy(() -> guard(2, LogEpoch.OPEN).requireSameLog())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("epoch 1")
                .hasMessageContaining("epoch 2");
    }

    @Test
    void halfALogIsNotRead() {
        assertThatThrownBy(() -> guard(2, LogEpoch.RESTORING).requireSameLog())
                .hasMessageContaining("run restore");
        assertThatCode(() -> guard(2, LogEpoch.OPEN).requireSameLog()).doesNotThrowAnyException();
    }

    private LogEpochGuard guard(int epoch, String state) {
        return new LogEpochGuard(() -> new LogEpoch(epoch, state, "", Map.of()), jdbc);
    }

    private static JdbcClient database(String url, String user) {
        return JdbcClient.create(new DriverManagerDataSource(url, user, ""));
    }
}
