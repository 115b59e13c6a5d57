package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FixedWindowTest {

    private final FixedWindow window = new FixedWindow(3, Duration.ofSeconds(60));

    @Test
    void countsDownAndSaysWhenItEnds() {
        assertThat(window.take("192.0.2.1", 60_001))
                .isEqualTo(new FixedWindow.Verdict(true, 3, 2, 60));
        assertThat(window.take("192.0.2.1", 100_500).resetSeconds()).isEqualTo(20);
        assertThat(window.take("192.0.2.1", 119_999).allowed()).isTrue();
        assertThat(window.take("192.0.2.1", 119_999))
                .isEqualTo(new FixedWindow.Verdict(false, 3, 0, 1));
        assertThat(window.take("192.0.2.2", 119_999).allowed()).isTrue();
        assertThat(window.take("192.0.2.1", 120_000).allowed()).isTrue();
    }

    @Test
    void aLateReaderOfTheClockDoesNotResetTheWindow() {
        for (int i = 0; i < 3; i++) {
            window.take("192.0.2.1", 60_000);
        }
        window.take("192.0.2.1", 59_999);

        assertThat(window.take("192.0.2.1", 60_000).allowed()).isFalse();
    }

    @Test
    void aClockThatWasSetBackStartsAnew() {
        for (int i = 0; i < 4; i++) {
            window.take("192.0.2.1", 600_000);
        }

        assertThat(window.take("192.0.2.1", 60_000).allowed()).isTrue();
    }

    @Test
    void oneIpv6NetworkIsOneClient() {
        for (int i = 0; i < 3; i++) {
            assertThat(window.take("2001:db8:1:2::" + i, 1).allowed()).isTrue();
        }
        assertThat(window.take("2001:db8:1:2:ffff::1", 1).allowed()).isFalse();
        assertThat(window.take("2001:db8:1:3::1", 1).allowed()).isTrue();
    }

    @Test
    void memoryIsBounded() {
        var small = new FixedWindow(1, Duration.ofSeconds(60));
        IntStream.range(0, FixedWindow.MAX_CLIENTS).forEach(i -> small.take("client-" + i, 1));

        assertThat(small.take("late-1", 1).allowed()).isTrue();
        assertThat(small.take("late-2", 1).allowed()).isFalse();
        assertThat(small.take("late-3", 60_001).allowed()).isTrue();
    }

    @Test
    void manyAtOnceGetExactlyTheLimit() throws ExecutionException, InterruptedException {
        var many = new FixedWindow(500, Duration.ofHours(1));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    IntStream.range(0, 2_000)
                            .mapToObj(
                                    i -> threads.submit(() -> many.take("192.0.2.1", 1).allowed()))
                            .toList();
            int allowed = 0;
            for (Future<Boolean> call : calls) {
                allowed += call.get() ? 1 : 0;
            }
            assertThat(allowed).isEqualTo(500);
        }
    }
}
