package io.headwater.jobs.platform;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A loop on a thread of its own: begun anew when it breaks, after a pause, until it is stopped.
public final class KeptLoop {

    private static final Logger log = LoggerFactory.getLogger(KeptLoop.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final String name;
    private final Duration pause;
    private final Consumer<CountDownLatch> life;
    private final Consumer<RuntimeException> broken;
    private volatile CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    /// @param name of the thread
    /// @param pause before it is begun anew
    /// @param life returns when the latch is down; may end with any exception
    /// @param broken told of each
    public KeptLoop(
            String name,
            Duration pause,
            Consumer<CountDownLatch> life,
            Consumer<RuntimeException> broken) {
        this.name = name;
        this.pause = pause;
        this.life = life;
        this.broken = broken;
    }

    public void start() {
        stop = new CountDownLatch(1);
        thread = Thread.ofPlatform().name(name).start(this::keepRunning);
    }

    /// Returns when it has ended, or is interrupted because it does not.
    public void stop() {
        stop.countDown();
        var running = thread;
        thread = null;
        if (running == null) {
            return;
        }
        try {
            if (!running.join(STOP_LIMIT)) {
                log.atWarn().addKeyValue("loop", name).log("it did not stop in time");
                running.interrupt();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Between [#start] and [#stop].
    public boolean isRunning() {
        return thread != null;
    }

    private void keepRunning() {
        var until = stop;
        while (until.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            try {
                life.accept(until);
            } catch (RuntimeException failed) {
                broken.accept(failed);
                rest(until);
            }
        }
    }

    private void rest(CountDownLatch until) {
        try {
            boolean told = until.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            log.atDebug().addKeyValue("loop", name).addKeyValue("stopped", told).log("waited");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
