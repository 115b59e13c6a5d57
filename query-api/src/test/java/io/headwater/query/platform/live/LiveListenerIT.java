package io.headwater.query.platform.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Backend;
import io.headwater.backends.TestBackends;
import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.access.Role;
import io.headwater.query.platform.postgres.PostgresSettings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveListenerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger reads = new AtomicInteger();
    private final LiveHub hub = new LiveHub(new LiveSettings(PATIENCE, 10, 10));
    private final LiveListener listener = listener();
    private volatile int failures;

    private LiveListener listener() {
        var backends = TestBackends.shared(Backend.POSTGRES);
        var settings =
                new PostgresSettings(
                        backends.jdbcUrl(), backends.jdbcUser(), "", PATIENCE, PATIENCE, 1);
        return new LiveListener(settings, List.of(), List.of(new Gauge()), hub);
    }

    private final class Gauge implements LiveGauge {
        @Override
        public Set<String> projections() {
            return Set.of("leads");
        }

        @Override
        public Reading read() {
            int number = reads.incrementAndGet();
            if (number <= failures) {
                throw new IllegalStateException("no figures yet");
            }
            return new Reading(
                    "the same",
                    new LiveEvent("counters", null, null, String.valueOf(number), false));
        }
    }

    @BeforeEach
    void succeeds() {
        failures = 0;
    }

    @AfterEach
    void stop() {
        listener.stop();
    }

    @Test
    void survivesWhatNobodyExpected() throws InterruptedException {
        failures = 1;
        var subscription = hub.subscribe(new Caller(Role.MARKETING));

        listener.start();

        assertThat(subscription.next(PATIENCE)).get().extracting(LiveEvent::data).isEqualTo("2");
        assertThat(listener.state()).isEqualTo("ok");
    }

    @Test
    void showsUnchangedFiguresAgainBecauseTheMomentTheyAreOfMovesOn() throws InterruptedException {
        var subscription = hub.subscribe(new Caller(Role.MARKETING));

        listener.start();

        assertThat(subscription.next(PATIENCE)).isPresent();
        assertThat(subscription.next(PATIENCE)).isPresent();
    }
}
