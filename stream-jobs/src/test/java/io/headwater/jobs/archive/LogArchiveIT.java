package io.headwater.jobs.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveStart;
import io.headwater.archive.ArchiveVerifier;
import io.headwater.archive.Range;
import io.headwater.archive.s3.Bucket;
import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.jobs.platform.s3.MinioObjectStore;
import io.headwater.jobs.platform.s3.S3Settings;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// What the archive of the log promises, on a real Kafka and store.
class LogArchiveIT {

    private static final Backends KAFKA = TestBackends.shared(Backend.KAFKA);

    /// Stopped and started, so it is this class's own.
    private static final Backends STORE = TestBackends.fresh();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<LogArchive> archives = new ArrayList<>();
    private final String name = "log-" + UUID.randomUUID();
    private final TopicPartition partition = new TopicPartition(name, 0);
    private final SchemaIds schemas = SchemaIds.inMemory();
    private MinioObjectStore store;
    private ArchiveReader reader;
    private LogWriter log;

    @BeforeAll
    static void start() {
        STORE.start(Backend.S3);
    }

    @AfterAll
    static void stop() {
        STORE.close();
    }

    @BeforeEach
    void freshTopic() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
        log = new LogWriter(KAFKA.kafkaBootstrap(), partition, schemas);
        store =
                new MinioObjectStore(
                        new S3Settings(
                                URI.create(STORE.s3Endpoint()),
                                STORE.s3AccessKey(),
                                STORE.s3SecretKey(),
                                name,
                                Duration.ofSeconds(5)));
        reader = new ArchiveReader(store);
    }

    @AfterEach
    void closeAll() {
        archives.forEach(LogArchive::stop);
        store.close();
        log.close();
    }

    @Test
    void committedRecordsAreInTheArchiveAsTheyAreOnTheTopic() throws Exception {
        log.commit(3);
        log.abort(2);
        log.plain(8);
        log.commit(1);

        archive(store, 10, Duration.ofMillis(300));

        long end = log.end();
        eventually(() -> assertThat(reader.end(partition).next()).isEqualTo(end));
        assertSame(archived(), log.committed());
        assertThat(ranges().getFirst().manifest().next()).isEqualTo(10);
        assertThat(reader.schemas()).hasSize(1);
        assertThat(count("archive.record.archived")).isEqualTo(12);
        eventually(() -> assertThat(meters.get("archive.lag.offsets").gauge().value()).isZero());
    }

    @Test
    void whateverStopsItTheNextOneMakesTheSameRangesOnce() throws Exception {
        log.commit(25);
        log.plain(30);
        long cuts = log.end() / 10;

        // given: one that dies after each of its writes, and the next finds what it left
        for (int puts = 1; puts <= 4; puts++) {
            var dying = new DyingBucket(store, puts);
            var killed = archive(dying, 10, Duration.ofMinutes(10));
            eventually(() -> assertThat(dying.isDead()).isTrue());
            killed.stop();
        }
        archive(store, 10, Duration.ofMinutes(10));

        eventually(() -> assertThat(ranges()).hasSize((int) cuts));
        assertThat(ranges().stream().map(range -> range.manifest().next()))
                .allMatch(next -> next % 10 == 0);
        assertSame(
                archived(),
                log.committed().stream().filter(one -> one.offset() < cuts * 10).toList());
        assertThat(reader.unpublished(partition)).isEmpty();
        assertThat(new ArchiveVerifier(reader).verify(finding -> {})).isTrue();
    }

    @Test
    void nothingIsLostWhileTheStoreIsAway() throws Exception {
        log.commit(5);
        var archive = archive(store, 10, Duration.ofMillis(200));
        eventually(() -> assertThat(archived()).hasSize(5));

        STORE.stop(Backend.S3);
        try {
            log.plain(30);
            eventually(() -> assertThat(count("archive.attempt.failed")).isPositive());
            eventually(() -> assertThat(archive.details()).containsKey("waiting_since"));
            assertThat(archive.up()).isTrue();
        } finally {
            STORE.start(Backend.S3);
        }

        eventually(() -> assertThat(archived()).hasSize(35));
        assertSame(archived(), log.committed());
        eventually(() -> assertThat(archive.details()).doesNotContainKey("waiting_since"));
        assertThat(count("archive.consumer.restarted")).isZero();
    }

    @Test
    void whatRetentionTookBeforeItIsSaidInTheArchive() throws Exception {
        log.plain(20);
        var first = archive(store, 10, Duration.ofMinutes(10));
        eventually(() -> assertThat(reader.end(partition).next()).isEqualTo(20));
        first.stop();
        log.plain(20);
        try (var admin = admin()) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(25))).all().get();
        }

        archive(store, 10, Duration.ofMinutes(10));

        eventually(() -> assertThat(reader.end(partition).next()).isEqualTo(40));
        assertThat(ranges().stream().filter(Range::isGone))
                .singleElement()
                .satisfies(range -> {
                    assertThat(range.manifest().first()).isEqualTo(20);
                    assertThat(range.manifest().next()).isEqualTo(25);
                    assertThat(range.reason()).contains("gone from the topic");
                });
        assertThat(count("archive.offset.lost")).isEqualTo(5);
        assertThat(archived()).hasSize(35);
    }

    @Test
    void archiveOfAnotherLogIsNotWrittenOn() throws Exception {
        log.plain(20);
        var first = archive(store, 10, Duration.ofMinutes(10));
        eventually(() -> assertThat(reader.end(partition).next()).isEqualTo(20));
        first.stop();
        log.beginAnew();
        log.plain(3);

        var second = archive(store, 10, Duration.ofMillis(100));

        eventually(() -> assertThat(second.details()).containsKey("stopped"));
        assertThat(second.up()).isFalse();
        assertThat(String.valueOf(second.details().get("stopped"))).contains("another log");
        assertThat(reader.end(partition).next()).isEqualTo(20);
    }

    @Test
    void whatIsOlderThanIsKeptGoesAndTheArchiveGoesOn() throws Exception {
        var now = Instant.now();
        log.at(now.minus(Duration.ofDays(100)), 25);
        log.at(now, 15);
        var first = archive(store, 10, Duration.ofMinutes(10));
        eventually(() -> assertThat(reader.end(partition).next()).isEqualTo(40));
        assertThat(archived()).hasSize(40);
        first.stop();

        // given: the next one dies at each step of what it takes away
        for (int writes = 1; writes <= 6; writes++) {
            var dying = new DyingBucket(store, writes);
            var killed = archive(dying, 10, Duration.ofMinutes(10), Duration.ofDays(90));
            eventually(() -> assertThat(dying.isDead() || objects().size() == 2).isTrue());
            killed.stop();
            assertThat(new ArchiveVerifier(reader).verify(finding -> {})).isTrue();
        }
        archive(store, 10, Duration.ofMinutes(10), Duration.ofDays(90));

        eventually(() -> assertThat(objects()).hasSize(2));
        assertThat(archived()).extracting(ConsumerRecord::offset).startsWith(20L).hasSize(20);
        assertThat(reader.start(partition))
                .contains(new ArchiveStart(0, 20, "expired: kept for 90 days"));
        log.at(now, 10);
        eventually(() -> assertThat(reader.end(partition).next()).isEqualTo(50));
        assertThat(new ArchiveVerifier(reader).verify(finding -> {})).isTrue();
        assertThat(count("archive.offset.lost")).isZero();
    }

    @Test
    void ofAnotherLogsArchiveNothingIsTakenAway() throws Exception {
        log.at(Instant.now().minus(Duration.ofDays(100)), 20);
        var first = archive(store, 10, Duration.ofMinutes(10));
        eventually(() -> assertThat(reader.end(partition).next()).isEqualTo(20));
        first.stop();
        log.beginAnew();

        var second = archive(store, 10, Duration.ofMillis(100), Duration.ofDays(90));

        eventually(() -> assertThat(second.details()).containsKey("stopped"));
        second.stop();
        assertThat(objects()).hasSize(2);
    }

    private List<String> objects() throws IOException {
        return store.list("log/" + name + "/0/", "").stream()
                .filter(key -> key.endsWith(".avro.zst"))
                .toList();
    }

    private LogArchive archive(Bucket bucket, long cutEvery, Duration age) {
        return archive(bucket, cutEvery, age, null);
    }

    private LogArchive archive(
            Bucket bucket, long cutEvery, Duration age, @Nullable Duration keep) {
        var archive =
                new LogArchive(
                        List.of(
                                new Topics.Topic(
                                        name, "", "", "", Duration.ofDays(1), false, List.of())),
                        new LogArchiveSettings(
                                name,
                                cutEvery,
                                DataSize.ofMegabytes(1),
                                age,
                                2,
                                Duration.ofMillis(50),
                                Duration.ofSeconds(1),
                                keep,
                                List.of(name),
                                Duration.ofMillis(100)),
                        new InstanceSettings("test-" + archives.size(), Path.of("unused")),
                        new KafkaSettings(
                                KAFKA.kafkaBootstrap(),
                                KafkaSecurity.NONE,
                                Duration.ofMillis(100),
                                1,
                                0,
                                DataSize.ofMegabytes(1)),
                        bucket,
                        schemas,
                        new LogArchiveMetrics(meters));
        archives.add(archive);
        archive.start();
        return archive;
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", KAFKA.kafkaBootstrap()));
    }

    private List<Range> ranges() {
        return reader.ranges(partition, 0);
    }

    private List<ConsumerRecord<byte[], byte[]>> archived() {
        var archived = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        reader.read(partition, 0, gone -> {}).forEachRemaining(archived::add);
        return archived;
    }

    private static void assertSame(
            List<ConsumerRecord<byte[], byte[]>> actual,
            List<ConsumerRecord<byte[], byte[]>> expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFields("leaderEpoch", "headers.isReadOnly", "deliveryCount")
                .isEqualTo(expected);
    }

    private double count(String counter) {
        return meters.counter(counter).count();
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofMinutes(2))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }
}
