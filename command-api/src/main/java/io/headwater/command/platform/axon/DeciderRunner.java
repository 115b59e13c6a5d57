package io.headwater.command.platform.axon;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.health.HealthPart;
import io.headwater.command.platform.kafka.KafkaSettings;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.UsePartitionTimeOnInvalidTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Runs a decider as a Streams application for as long as the context lives; while the broker is
/// away it waits and goes on by itself.
public final class DeciderRunner implements SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(DeciderRunner.class);

    private final Decider<?, ?, ?> decider;
    private final DeciderMetrics metrics;
    private final KafkaSettings kafka;
    private final DeciderSettings settings;
    private final InstanceSettings instance;
    private @Nullable KafkaStreams streams;
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
        var running = new KafkaStreams(decider.topology(metrics), properties(held));
        running.setUncaughtExceptionHandler(fault -> {
            log.atError()
                    .addKeyValue("decider", decider.spec().name())
                    .setCause(fault)
                    .log("decider thread failed and is replaced");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        running.setStateListener((now, before) ->
                log.atInfo()
                        .addKeyValue("decider", decider.spec().name())
                        .addKeyValue("from", before)
                        .addKeyValue("to", now)
                        .log("decider"));
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
        var p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, decider.spec().applicationId());
        p.put(StreamsConfig.CLIENT_ID_CONFIG, decider.spec().name() + "-" + instance.instance());
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        p.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbys());
        p.put(StreamsConfig.STATE_DIR_CONFIG, instance.stateDir().toString());
        p.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        p.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        p.put(StreamsConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        p.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.Setter.class);
        p.put(StoreMemory.SETTING, held);
        // a crashed instance is missed after this; a stopped one leaves
        p.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        p.put(consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_500);
        p.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // commands arrive one by one: ask often enough to see them between two commits
        p.put(
                StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG,
                UsePartitionTimeOnInvalidTimestamp.class);
        p.put(StreamsConfig.POLL_MS_CONFIG, 50);
        p.put(producer(ProducerConfig.LINGER_MS_CONFIG), 5);
        // A transaction's first batch waits at the broker to be verified; a second one sent
        // meanwhile is
        // refused as out of order and comes again after the back-off (KAFKA-14920): one at a time
        // is faster.
        p.put(producer(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        p.put(producer(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        p.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 4 << 20);
        return p;
    }

    private static String consumer(String key) {
        return StreamsConfig.consumerPrefix(key);
    }

    private static String producer(String key) {
        return StreamsConfig.producerPrefix(key);
    }

    @Override
    public synchronized void stop() {
        if (streams != null) {
            streams.close(
                    CloseOptions.timeout(Duration.ofSeconds(10))
                            .withGroupMembershipOperation(
                                    CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
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
        return warm && streams != null && streams.state() == KafkaStreams.State.RUNNING;
    }
}
