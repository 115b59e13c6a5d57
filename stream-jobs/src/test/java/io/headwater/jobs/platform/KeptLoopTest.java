package io.headwater.jobs.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeptLoopTest {

    private final BlockingQueue<String> lives = new LinkedBlockingQueue<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private int begun;

    private final KeptLoop loop =
            new KeptLoop(
                    "kept",
                    Duration.ofMillis(1),
                    this::live,
                    failed -> broken.add(String.valueOf(failed.getMessage())));

    /// The first two lives break.
    private void live(CountDownLatch stop) {
        begun++;
        lives.add(Thread.currentThread().getName() + " " + begun);
        if (begun < 3) {
            throw new IllegalStateException("life " + begun);
        }
        try {
            stop.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        lives.add("ended");
    }

    private String next() throws InterruptedException {
        return String.valueOf(lives.poll(1, TimeUnit.MINUTES));
    }

    @Test
    void whatBreaksIsBegunAnewUntilItIsStopped() throws Exception {
        assertThat(loop.isRunning()).isFalse();
        loop.start();
        assertThat(loop.isRunning()).isTrue();
        assertThat(List.of(next(), next(), next())).containsExactly("kept 1", "kept 2", "kept 3");
        assertThat(broken).containsExactly("life 1", "life 2");

        loop.stop();

        assertThat(loop.isRunning()).isFalse();
        assertThat(lives).containsExactly("ended");
        loop.stop();
        loop.start();
        assertThat(List.of(next(), next())).containsExactly("ended", "kept 4");
        loop.stop();
        assertThat(next()).isEqualTo("ended");
    }
}
