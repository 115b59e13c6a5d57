package io.headwater.command.platform.web.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.command.platform.postgres.OpsDatabase;
import io.headwater.command.platform.web.limit.RateLimits.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;

/// Instances of the limits on one real Postgres, and what they do when it goes.
class PostgresLeasesIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    /// Long enough not to end during the test.
    private static final Duration WINDOW = Duration.ofDays(36_500);

    @EnableAutoConfiguration
    @ComponentScan({
        "io.headwater.command.platform.postgres",
        "io.headwater.command.platform.web.limit"
    })
    @ConfigurationPropertiesScan("io.headwater.command.platform.postgres")
    static class Slice {
        @Bean
        static Clock clock() {
            return Clock.systemUTC();
        }
    }

    private static ConfigurableApplicationContext instance(String jdbcUrl) {
        var context =
                new SpringApplicationBuilder(Slice.class)
                        .web(WebApplicationType.NONE)
                        .registerShutdownHook(false)
                        .run("--headwater.postgres.url=" + jdbcUrl);
        await().atMost(LONG).until(context.getBean(OpsDatabase.class)::ready);
        return context;
    }

    /// @return how many of the requests that all instances get at once are let through
    private static int race(
            List<ConfigurableApplicationContext> instances, String subject, int limit, int each)
            throws Exception {
        var callers = new ArrayList<Callable<Integer>>();
        for (var instance : instances) {
            var limits = instance.getBean(RateLimits.class);
            for (int thread = 0; thread < 8; thread++) {
                callers.add(() -> {
                    int allowed = 0;
                    for (int i = 0; i < each / 8; i++) {
                        allowed +=
                                limits.take(Kind.SOURCE, subject, limit, WINDOW).allowed() ? 1 : 0;
                    }
                    return allowed;
                });
            }
        }
        int allowed = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var call : threads.invokeAll(callers)) {
                allowed += call.get();
            }
        }
        return allowed;
    }

    @Test
    void twoInstancesTogetherLetThroughTenPercentTooManyAtMost() throws Exception {
        String url = TestBackends.shared(Backend.POSTGRES).jdbcUrl();
        try (var first = instance(url);
                var second = instance(url)) {
            for (int limit : new int[] {1, 10, 100, 1_000}) {
                int allowed =
                        race(
                                List.of(first, second),
                                "s-" + UUID.randomUUID(),
                                limit,
                                2 * limit + 16);
                assertThat(allowed)
                        .as("of %d", limit)
                        .isBetween((int) Math.floor(limit * 0.9), (int) Math.ceil(limit * 1.1));
            }
        }
    }

    @Test
    void aPostgresThatGoesRefusesNobody() throws Exception {
        try (var backends = TestBackends.fresh()) {
            backends.start(Backend.POSTGRES);
            try (var instance = instance(backends.jdbcUrl())) {
                assertThat(race(List.of(instance), "before", 100, 400)).isEqualTo(100);
                backends.kill(Backend.POSTGRES);

                assertThat(race(List.of(instance), "during", 100, 400)).isEqualTo(100);
                assertThat(race(List.of(instance), "before", 100, 400)).isZero();

                backends.start(Backend.POSTGRES);
                var leases = instance.getBean(PostgresLeases.class);
                await().atMost(LONG)
                        .until(() ->
                                leases.add(
                                                "after",
                                                Instant.EPOCH,
                                                Instant.parse("2100-01-01T00:00:00Z"),
                                                1)
                                        .isPresent());
            }
        }
    }
}
