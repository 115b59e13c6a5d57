package io.headwater.command.platform.kafka;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A consumer on a thread of its own: made anew after a pause when it breaks, until it is stopped.
public final class KeptConsumer {

    private static final Logger log = LoggerFactory.getLogger(KeptConsumer.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final java.util.function.Consumer<Consumer<byte[], byte[]>> reading;
    private final java.util.function.Consumer<RuntimeException> broken;
    private volatile boolean running;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Consumer<byte[], byte[]> consumer;

    /// @param name of the thread
    /// @param reading reads for as long as [#isRunning] says; may end with any exception
    /// @param broken told of each, but of the one that stops it
    public KeptConsumer(
            String name,
            Supplier<Consumer<byte[], byte[]>> consumers,
            java.util.function.Consumer<Consumer<byte[], byte[]>> reading,
            java.util.function.Consumer<RuntimeException> broken) {
        this.name = name;
        this.consumers = consumers;
        this.reading = reading;
        this.broken = broken;
    }

    public void start() {
        running = true;
        thread = Thread.ofPlatform().name(name).start(this::run);
    }

    /// Returns when it has ended, or does not within ten seconds.
    public void stop() {
        running = false;
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
        var reader = thread;
        if (reader != null) {
            try {
                reader.join(STOP_LIMIT);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Between [#start] and [#stop].
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try (var fresh = consumers.get()) {
                consumer = fresh;
                reading.accept(fresh);
            } catch (WakeupException stopped) {
                log.atDebug().addKeyValue("consumer", name).log("stopped");
            } catch (RuntimeException fault) {
                broken.accept(fault);
                pause();
            } finally {
                consumer = null;
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            running = false;
        }
    }
}
