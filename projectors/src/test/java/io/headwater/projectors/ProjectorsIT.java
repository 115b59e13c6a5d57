package io.headwater.projectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The suite on back ends of its own, and what happens when Postgres dies.
class ProjectorsIT extends ProjectorsSuite {

    @RegisterExtension static final OwnBackends OWN = new OwnBackends();

    private static Backends backends;
    private static Platform platform;

    @BeforeAll
    static void start() {
        backends = OWN.backends();
        platform = OWN.platform();
    }

    @Override
    Platform platform() {
        return platform;
    }

    @Test
    void catchesUpExactlyAfterPostgresWasKilled() throws Exception {
        // given
        String site = "killed";
        platform.start();
        traffic(site, 300);
        eventually(() -> assertThat(events(site)).isPositive());

        // when
        backends.kill(Backend.POSTGRES);
        traffic(site + "-meanwhile", 300);
        backends.start(Backend.POSTGRES);
        traffic(site + "-after", 100);

        // then
        eventually(() -> {
            assertThat(events(site)).isEqualTo(1_200L);
            assertThat(events(site + "-meanwhile")).isEqualTo(1_200L);
            assertThat(events(site + "-after")).isEqualTo(400L);
            caughtUp();
        });
        accountsBalance();
    }

    @Test
    void catchesUpExactlyAfterKafkaWasKilled() throws Exception {
        // given
        String site = "broker-killed";
        platform.start();
        traffic(site, 300);
        eventually(() -> assertThat(events(site)).isPositive());

        // when
        backends.kill(Backend.KAFKA);
        backends.start(Backend.KAFKA);
        traffic(site + "-after", 100);

        // then
        eventually(() -> {
            assertThat(events(site)).isEqualTo(1_200L);
            assertThat(events(site + "-after")).isEqualTo(400L);
            caughtUp();
        });
        accountsBalance();
    }

    @Test
    void startsWhilePostgresIsAway() throws Exception {
        // given
        String site = "away";
        backends.stop(Backend.POSTGRES);
        platform.start();

        // when
        traffic(site, 10);
        backends.start(Backend.POSTGRES);

        // then
        eventually(() -> assertThat(events(site)).isEqualTo(40L));
    }
}
