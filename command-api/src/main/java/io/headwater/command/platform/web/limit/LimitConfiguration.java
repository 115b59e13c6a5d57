package io.headwater.command.platform.web.limit;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.headwater.command.platform.postgres.OpsDatabase;
import io.headwater.command.platform.postgres.PostgresSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

    /// Two suffice: a lease takes less than a millisecond, and who waits longer goes without.
    private static final int CONNECTIONS = 2;

    @Bean
    RateLimits rateLimits(PostgresLeases leases, Clock clock) {
        return new LeasedLimits(leases, clock);
    }

    @Bean
    PostgresLeases postgresLeases(OpsDatabase database, LimitPool pool, MeterRegistry meters) {
        return new PostgresLeases(database, pool.source(), meters);
    }

    /// A pool of its own, so that a lease never waits behind an operator's plan; not a bean of type
    /// `DataSource`, of which there is one.
    @Bean
    LimitPool limitPool(PostgresSettings settings) {
        return new LimitPool(pool(settings));
    }

    record LimitPool(HikariDataSource source) implements AutoCloseable {
        @Override
        public void close() {
            source.close();
        }
    }

    static HikariDataSource pool(PostgresSettings settings) {
        var source = settings.dataSource("headwater-limits", PostgresLeases.WAIT);
        // a crash of Postgres may forget the last leases: they are worth nothing
        source.setOptions(source.getOptions() + " -c synchronous_commit=off");
        var config = new HikariConfig();
        config.setPoolName("limits");
        config.setDataSource(source);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(PostgresLeases.WAIT.toMillis());
        config.setValidationTimeout(PostgresLeases.WAIT.toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
