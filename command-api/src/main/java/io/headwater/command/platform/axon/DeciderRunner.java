package io.headwater.command.platform.axon;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.health.HealthPart;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.streams.StoreMemory;
import io.headwater.streams.StreamsApp;
import io.headwater.streams.StreamsSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Runs a decider as a Streams application for as long as the context lives; while the broker is
/// away it waits and goes on by itself. While its stores are not whole it decides nothing.
public final class DeciderRunner implements SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(DeciderRunner.class);

    /// Between two looks at whether it may start.
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(500);

    private final Decider<?, ?, ?> decider;
    private final DeciderMetrics metrics;
    private final KafkaSettings kafka;
    private final DeciderSettings settings;
    private final InstanceSettings instance;
    private @Nullable StreamsApp streams;
    private @Nullable StoreMemory memory;
    private @Nullable Thread starter;
    private volatile boolean warm;

    /// Why it does not start, as logged last; of the starting thread.
    private @Nullable String held;

    public DeciderRunner(
            Decider<?, ?, ?> decider,
            DeciderMetrics metrics,
            KafkaSettings kafka,
            DeciderSettings settings,
            InstanceSettings instance) {
        this.decider = decider;
        this.metrics = metrics;
        this.kafka = kafka;
        this.settings = settings;
        this.instance = instance;
    }

    @Override
    public synchronized void start() {
        var held = new StoreMemory(settings.storeMemory().toBytes());
        var running = new StreamsApp(name(), decider.topology(metrics), properties(held), () -> {});
        memory = held;
        streams = running;
        starter =
                Thread.ofPlatform()
                        .daemon()
                        .name(decider.spec().name() + "-start")
                        .start(() -> begin(running));
        // beside joining the group, which takes longer
        Thread.ofPlatform()
                .daemon()
                .name(decider.spec().name() + "-warm-up")
                .start(() -> {
                    WarmUp.run(decider);
                    warm = true;
                });
    }

    /// Starts as soon as the stores are whole; then notes whose files this instance has.
    private void begin(StreamsApp running) {
        var gate = new StateGate(decider, kafka.brokers(), instance.stateDir());
        try {
            while (!mayStart(gate, running)) {
                Thread.sleep(AGAIN.toMillis());
            }
            while (!running.isRunning()) {
                Thread.sleep(LOOK.toMillis());
            }
            while (!noted(gate)) {
                Thread.sleep(AGAIN.toMillis());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return false: not yet
    private boolean mayStart(StateGate gate, StreamsApp running) {
        StateGate.Verdict verdict;
        try {
            verdict = gate.ask();
        } catch (RuntimeException away) {
            log.atWarn()
                    .addKeyValue("decider", name())
                    .addKeyValue("cause", away.toString())
                    .log("cannot tell whether the stores are whole, asking again");
            return false;
        }
        String reason = verdict.reason();
        if (reason != null && reason.equals(held)) {
            return false;
        }
        held = reason;
        if (reason != null) {
            log.atError()
                    .addKeyValue("decider", name())
                    .addKeyValue("reason", reason)
                    .log("does not decide");
            return false;
        }
        synchronized (this) {
            if (streams == running) {
                if (!verdict.localIsRight()) {
                    running.streams().cleanUp();
                }
                running.start();
            }
        }
        return true;
    }

    private boolean noted(StateGate gate) {
        try {
            gate.record();
            return true;
        } catch (RuntimeException away) {
            log.atWarn()
                    .addKeyValue("decider", name())
                    .addKeyValue("cause", away.toString())
                    .log("cannot note the changelogs, trying again");
            return false;
        }
    }

    private Properties properties(StoreMemory held) {
        var p =
                new StreamsSettings(
                                decider.spec().applicationId(),
                                decider.spec().name() + "-" + instance.instance(),
                                kafka.brokers().settings(),
                                instance.stateDir(),
                                settings.commitInterval(),
                                settings.threads(),
                                settings.standbys(),
                                held)
                        .toProperties();
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        p.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                UsePartitionTimeOnInvalidTimestamp.class);
        // commands arrive one by one: ask often enough to see them between two commits
        p.put(StreamsConfig.POLL_MS_CONFIG, 50);
        // nobody sees anything before the commit, which sends what is left: fuller batches cost no
        // time, and each one costs two buffers and a request
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 25);
        return p;
    }

    @Override
    public synchronized void stop() {
        if (starter != null) {
            starter.interrupt();
            starter = null;
        }
        if (streams != null) {
            streams.close();
            streams = null;
        }
        if (memory != null) {
            memory.close();
            memory = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return streams != null;
    }

    /// Stopped after the web server, so that what was accepted is decided as far as it goes.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE - 20_000;
    }

    @Override
    public String name() {
        return decider.spec().name() + "-decider";
    }

    @Override
    public synchronized boolean up() {
        return warm && streams != null && streams.isRunning();
    }
}
