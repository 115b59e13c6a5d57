package io.headwater.command.platform.postgres;

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
        var config = new HikariConfig();
        config.setPoolName("command-api");
        config.setDataSource(
                settings.dataSource("headwater-command-api", settings.statementLimit()));
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(settings.connectLimit().toMillis());
        config.setValidationTimeout(settings.connectLimit().toMillis() / 2);
        config.setInitializationFailTimeout(NEVER_FAIL_AT_START);
        return new HikariDataSource(config);
    }
}
