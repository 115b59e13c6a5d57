package io.headwater.command.privacy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Does something once a second, whatever becomes of it.
final class PrivacyLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PrivacyLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final Runnable round;
    private @Nullable Thread thread;

    /// @param name what is done, in the plural
    PrivacyLoop(String name, Runnable round) {
        this.name = name;
        this.round = round;
    }

    private void run() {
        boolean told = false;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                round.run();
                told = false;
            } catch (RuntimeException fault) {
                if (!told) {
                    log.atWarn()
                            .addKeyValue("fault", fault.toString())
                            .log(name + " do not go on, trying again");
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
        thread = Thread.ofVirtual().name(name).start(this::run);
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
