package io.headwater.command.platform.postgres;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The operational schema for tests of other packages, on a real Postgres.
public final class TestOpsDatabase {

    private TestOpsDatabase() {}

    public static HikariDataSource pool(String jdbcUrl) {
        return new PostgresConfiguration()
                .dataSource(
                        new PostgresSettings(
                                jdbcUrl,
                                "headwater_command",
                                "",
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(5),
                                4));
    }

    public static OpsDatabase migrated(HikariDataSource pool) {
        var database = new OpsDatabase(pool, JdbcClient.create(pool));
        database.start();
        await().atMost(Duration.ofSeconds(60)).until(database::ready);
        return database;
    }

    public static TransactionTemplate transactions(HikariDataSource pool) {
        return new TransactionTemplate(new JdbcTransactionManager(pool));
    }
}
