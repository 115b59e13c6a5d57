package io.headwater.jobs.archive;

import io.headwater.archive.ArchiveExpiry;
import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveWriter;
import io.headwater.archive.s3.Bucket;
import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.jobs.platform.KeptLoop;
import io.headwater.jobs.platform.health.HealthPart;
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.schema.LogEpochs;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Archives the event topics of [Topics#ARCHIVED] in S3, in the layout of `infra/archive`.
///
/// Where a partition goes on stands in its newest manifest, nowhere else: a committed offset could
/// say something different. So whatever stops this at whatever point, the next one begins behind
/// the last published range, makes the same bytes, and publishes them once.
@Component
public final class LogArchive implements SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(LogArchive.class);
    private static final int FETCH_BYTES = 8 << 20;
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final List<String> topics;
    private final LogArchiveSettings settings;
    private final InstanceSettings instance;
    private final KafkaSettings kafka;
    private final LogArchiveMetrics metrics;
    private final ArchiveReader reader;
    private final ArchiveWriter writer;
    private final ArchiveExpiry expiry;
    private final KeptLoop loop;

    @Autowired
    LogArchive(
            LogArchiveSettings settings,
            InstanceSettings instance,
            KafkaSettings kafka,
            Bucket bucket,
            SchemaIds schemaIds,
            LogArchiveMetrics metrics) {
        this(Topics.ARCHIVED, settings, instance, kafka, bucket, schemaIds, metrics);
    }

    LogArchive(
            List<Topics.Topic> topics,
            LogArchiveSettings settings,
            InstanceSettings instance,
            KafkaSettings kafka,
            Bucket bucket,
            SchemaIds schemaIds,
            LogArchiveMetrics metrics) {
        this.topics = topics.stream().map(Topics.Topic::name).toList();
        this.settings = settings;
        this.instance = instance;
        this.kafka = kafka;
        this.metrics = metrics;
        this.reader = new ArchiveReader(bucket);
        this.writer = new ArchiveWriter(bucket, schemaIds);
        this.expiry = new ArchiveExpiry(bucket);
        this.loop =
                new KeptLoop("log-archive", settings.shortestBackoff(), this::live, this::broken);
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public String name() {
        return "log-archive";
    }

    /// While it waits for the store it is up; the line `s3` says that the store is away.
    @Override
    public boolean up() {
        var state = metrics.state();
        return state.at().plus(SILENCE).isAfter(Instant.now()) && state.stopped().isEmpty();
    }

    @Override
    public Map<String, Object> details() {
        return metrics.state().details();
    }

    private void live(CountDownLatch stop) {
        try (var consumer =
                        new KafkaConsumer<>(
                                consumerSettings(),
                                new ByteArrayDeserializer(),
                                new ByteArrayDeserializer());
                ExecutorService uploads =
                        Executors.newFixedThreadPool(
                                settings.parallelUploads(),
                                Thread.ofVirtual().name("log-archive-", 0).factory())) {
            try {
                new LogArchiveLoop(
                                consumer, topics, epoch(), settings, metrics, reader, writer,
                                expiry, uploads, stop)
                        .run();
            } finally {
                uploads.shutdownNow();
            }
        }
    }

    private void broken(RuntimeException broken) {
        // whatever it was, the archive says where to go on
        metrics.consumersRestarted.increment();
        log.atWarn().setCause(broken).log("consumer of the log's archive is replaced");
    }

    private int epoch() {
        var epoch = new LogEpochs(kafka.brokers()).now();
        if (epoch.isRestoring()) {
            throw new IllegalStateException(
                    "the log is being restored, its archive stays as it is");
        }
        return epoch.number();
    }

    private Map<String, Object> consumerSettings() {
        var consumer =
                kafka.groupConsumer(settings.groupId(), instance.instance() + "-log-archive");
        // No offset is committed, and none is made up: what retention takes under the reader's feet
        // is noticed, and said in the archive.
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        consumer.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        return consumer;
    }
}
