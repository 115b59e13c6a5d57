package io.headwater.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WrongKeysTest {

    private static final String PLACE = "192.0.2.1";
    private static final KeyLockSettings SETTINGS =
            new KeyLockSettings(
                    3, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofHours(1), true);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final WrongKeys keys = new WrongKeys(SETTINGS, now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void wrong(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(keys.judge(PLACE, true)).isZero();
        }
    }

    @Test
    void aFewWrongKeysCostNothing() {
        wrong(2);

        assertThat(keys.judge(PLACE, false)).isZero();
    }

    @Test
    void whoWaitsLearnsNothingAboutAnyKey() {
        wrong(3);

        assertThat(keys.judge(PLACE, true)).isEqualTo(Duration.ofSeconds(1));
        assertThat(keys.judge(PLACE, false)).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofMillis(400));
        assertThat(keys.judge(PLACE, false)).isEqualTo(Duration.ofMillis(600));
        pass(Duration.ofMillis(600));
        assertThat(keys.judge(PLACE, false)).isZero();
    }

    @Test
    void eachFurtherOneDoublesTheWaitUpToTheLongest() {
        wrong(3);
        for (int seconds : new int[] {1, 2, 4, 8, 10, 10}) {
            assertThat(keys.judge(PLACE, true)).isEqualTo(Duration.ofSeconds(seconds));
            pass(Duration.ofSeconds(seconds));
            assertThat(keys.judge(PLACE, true)).isZero();
        }
    }

    /// One key of the two roles would else make the other one free to guess.
    @Test
    void aRightKeyInBetweenForgetsNothing() {
        wrong(2);
        assertThat(keys.judge(PLACE, false)).isZero();
        wrong(1);

        assertThat(keys.judge(PLACE, true)).isPositive();
    }

    @Test
    void timeForgets() {
        wrong(2);
        pass(Duration.ofHours(1));
        wrong(2);

        assertThat(keys.judge(PLACE, false)).isZero();
    }

    @Test
    void nobodyElseWaits() {
        wrong(3);

        assertThat(keys.judge("192.0.2.2", false)).isZero();
        assertThat(keys.judge(PLACE, false)).isPositive();
    }

    @Test
    void asManyPlacesAsWantedTakeNoMoreMemory() {
        wrong(3);
        for (int i = 0; i < WrongKeys.MOST_PLACES - 1; i++) {
            keys.judge("198.51.100." + i, true);
        }
        assertThat(keys.judge(PLACE, false)).as("of the most places").isPositive();

        keys.judge("one more", true);

        assertThat(keys.judge(PLACE, false)).as("the one that was wrong longest ago").isZero();
    }

    /// However many come at once, so many are looked at and no more.
    @Test
    void noneSlipsThroughBesideOthers() throws Exception {
        Callable<Duration> attempt = () -> keys.judge(PLACE, true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(Stream.generate(() -> attempt).limit(200).toList());
            int looked = 0;
            for (var answer : answers) {
                looked += answer.get().isZero() ? 1 : 0;
            }
            assertThat(looked).isEqualTo(3);
        }
    }

    @Test
    void itCanBeTurnedOff() {
        var off =
                new WrongKeys(
                        new KeyLockSettings(
                                0,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofHours(1),
                                true));

        assertThat(Stream.generate(() -> off.judge(PLACE, true)).limit(100))
                .allMatch(Duration::isZero);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() ->
                        new KeyLockSettings(
                                3,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(1),
                                Duration.ofHours(1),
                                true))
                .hasMessageContaining("headwater.access.lock");
    }
}
