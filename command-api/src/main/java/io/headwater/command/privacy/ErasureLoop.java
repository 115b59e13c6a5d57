package io.headwater.command.privacy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Calls [ErasureRunner#round] once a second, whatever becomes of it.
final class ErasureLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ErasureLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ErasureRunner runner;
    private @Nullable Thread thread;

    ErasureLoop(ErasureRunner runner) {
        this.runner = runner;
    }

    private void run() {
        boolean told = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                runner.round();
                told = false;
            } catch (RuntimeException fault) {
                if (!told) {
                    log.atWarn()
                            .addKeyValue("fault", fault.toString())
                            .log("erasures do not go on, trying again");
                }
                told = true;
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    @Override
    public synchronized void start() {
        thread = Thread.ofVirtual().name("erasures").start(this::run);
    }

    @Override
    public synchronized void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
