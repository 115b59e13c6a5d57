package io.headwater.query.platform.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pool. Starts without Postgres and comes back by itself.
@Configuration
class PostgresConfiguration {
    private static final long NEVER_FAIL_AT_START = -1;

    @Bean
    HikariDataSource dataSource(PostgresSettings settings) {
        var source = settings.dataSource("headwater-query-api");
        // A server that vanished without a word: give up a little after it should have.
        source.setSocketTimeout(Math.toIntExact(settings.queryLimit().toSeconds() + 2));
        var config = new HikariConfig();
        config.setPoolName("query-api");
        config.setDataSource(source);
        config.setReadOnly(true);
        // All queries of a transaction see one state.
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.connectLimit().toMillis());
        config.setValidationTimeout(settings.connectLimit().toMillis() / 2);
        config.setKeepaliveTime(60_000);
        config.setInitializationFailTimeout(NEVER_FAIL_AT_START);
        return new HikariDataSource(config);
    }
}
