package io.headwater.jobs.replay;

import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.jobs.platform.KeptLoop;
import io.headwater.jobs.platform.health.HealthPart;
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.jobs.platform.s3.ObjectStore;
import io.headwater.schema.SchemaIds;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultReader;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Copies raw visits from `tracking.events.v1` to S3 in the layout of the contract:
///
///     sessions/YYYY/MM/DD/{session_id}/meta.json
///     sessions/YYYY/MM/DD/{session_id}/events/{timestamp}-{partition}-{first offset}.json
///
/// Every event is there exactly once, by (`partition`, `offset`, `index`): a batch starts at the
/// committed offset, its objects are written, then its end is committed, then the next begins. After
/// a crash in between, the batch is read again from the same offset; it may be cut elsewhere, but an
/// object's first record is always the session's first one since a committed offset or since the cut
/// before it, so each object of the first attempt is written again under its key, and what it loses
/// at its end is in the next object.
///
/// Of sessions that were erased nothing is written; [RecordingErasure] deletes what was before. So
/// nothing is written while the vault is away, either.
///
/// When the store is away the consumer stays in its group, paused, and tries again with doubling
/// waits: nothing is dropped and nothing ends. IP address, user agent and fingerprint stay out of
/// the archive: they are personal, live as long as the topic, and a replay does not need them.
@Component
public final class SessionArchive implements SmartLifecycle, HealthPart {

    private static final Logger log = LoggerFactory.getLogger(SessionArchive.class);

    /// Small, because a record may have half a megabyte; the loop makes batches of them.
    private static final int POLL_RECORDS = 100;

    private final ArchiveSettings settings;
    private final InstanceSettings instance;
    private final KafkaSettings kafka;
    private final ObjectStore store;
    private final TrackingDecoder decoder;
    private final Erased erased;
    private final ArchiveMetrics metrics;
    private final ArchivePulse pulse = new ArchivePulse(Clock.systemUTC());
    private final KeptLoop loop;

    @Autowired
    SessionArchive(
            ArchiveSettings settings,
            InstanceSettings instance,
            KafkaSettings kafka,
            ObjectStore store,
            SchemaIds schemaIds,
            VaultReader vault,
            ArchiveMetrics metrics) {
        this(
                settings,
                instance,
                kafka,
                store,
                schemaIds,
                vault.personal(),
                sessions -> vault.erasedSessions().among(sessions),
                metrics);
    }

    SessionArchive(
            ArchiveSettings settings,
            InstanceSettings instance,
            KafkaSettings kafka,
            ObjectStore store,
            SchemaIds schemaIds,
            PersonalKeys personal,
            Erased erased,
            ArchiveMetrics metrics) {
        this.settings = settings;
        this.instance = instance;
        this.kafka = kafka;
        this.store = store;
        this.decoder = new TrackingDecoder(schemaIds, personal);
        this.erased = erased;
        this.metrics = metrics;
        this.loop =
                new KeptLoop(
                        "session-archive", settings.longestBackoff(), this::live, this::broken);
    }

    @Override
    public void start() {
        loop.start();
    }

    /// What was written and not committed is written again by the next start.
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
        return "session-archive";
    }

    @Override
    public boolean up() {
        return pulse.alive();
    }

    @Override
    public Map<String, Object> details() {
        return pulse.details();
    }

    private void live(CountDownLatch stop) {
        try (var consumer =
                new KafkaConsumer<>(
                        consumerSettings(),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            new ArchiveLoop(consumer, store, decoder, erased, settings, metrics, pulse, stop).run();
        }
    }

    private void broken(RuntimeException broken) {
        // whatever it was, the committed offset says where to go on
        metrics.consumersRestarted.increment();
        log.atWarn().setCause(broken).log("archive consumer is replaced");
    }

    private Map<String, Object> consumerSettings() {
        var consumer =
                kafka.groupConsumer(settings.groupId(), instance.instance() + "-session-archive");
        consumer.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        consumer.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Math.min(settings.maxRecords(), POLL_RECORDS));
        return consumer;
    }
}
