package io.headwater.projectors.platform.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class GovernorTest {

    private final Governor governor = new Governor(Duration.ofSeconds(1), Duration.ofMillis(100));

    @Test
    void nothingIsLimitedWhileTheLiveViewIsFresh() {
        assertThat(governor.next(null, null, 50_000, 0, 1_000, 100)).isNull();
        assertThat(governor.next(null, 3_000, 50_000, 0, 0, 1)).isEqualTo(3_000);
    }

    @Test
    void aStaleLiveViewHalvesWhatIsRead() {
        assertThat(governor.next(null, null, 50_000, 0, 1_001, 1)).isEqualTo(25_000);
        assertThat(governor.next(25_000, null, 24_000, 0, 5_000, 1)).isEqualTo(12_000);
        assertThat(governor.next(25_000, 9_000, 24_000, 0, 5_000, 1)).isEqualTo(9_000);
    }

    @Test
    void soDoesAPostgresThatDoesNotKeepUp() {
        assertThat(governor.next(null, null, 50_000, 0, 0, 101)).isEqualTo(25_000);
    }

    @Test
    void itNeverStopsIt() {
        assertThat(governor.next(300, null, 0, 0, 60_000, 1)).isEqualTo(Governor.SLOWEST);
        assertThat(governor.next(300, 50, 0, 0, 60_000, 1)).isEqualTo(50);
        assertThat(governor.next(300, null, 300, 1_000, 60_000, 1)).isEqualTo(2_000);
    }

    @Test
    void aFreshOneLetsItBecomeFasterAgainUntilNothingLimitsIt() {
        assertThat(governor.next(8_000, null, 8_000, 0, 100, 1)).isEqualTo(9_000);
        assertThat(governor.next(8_000, 8_500, 8_000, 0, 100, 1)).isEqualTo(8_500);
        assertThat(governor.next(40_000, null, 9_000, 0, 100, 1)).isNull();
    }
}
