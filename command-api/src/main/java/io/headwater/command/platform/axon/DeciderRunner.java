package io.headwater.command.platform.axon;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.health.HealthPart;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.streams.StoreMemory;
import io.headwater.streams.StreamsApp;
import io.headwater.streams.StreamsSettings;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Runs a decider as a Streams application for as long as the context lives; while the broker is
/// away it waits and goes on by itself.
public final class DeciderRunner implements SmartLifecycle, HealthPart {

    private final Decider<?, ?, ?> decider;
    private final DeciderMetrics metrics;
    private final KafkaSettings kafka;
    private final DeciderSettings settings;
    private final InstanceSettings instance;
    private @Nullable StreamsApp streams;
    private @Nullable StoreMemory memory;
    private volatile boolean warm;

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
        running.start();
        memory = held;
        streams = running;
        // beside joining the group, which takes longer
        Thread.ofPlatform()
                .daemon()
                .name(decider.spec().name() + "-warm-up")
                .start(() -> {
                    WarmUp.run(decider);
                    warm = true;
                });
    }

    private Properties properties(StoreMemory held) {
        var p =
                new StreamsSettings(
                                decider.spec().applicationId(),
                                decider.spec().name() + "-" + instance.instance(),
                                kafka.bootstrapServers(),
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
