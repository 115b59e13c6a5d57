package io.headwater.jobs.replay;

import static io.headwater.jobs.replay.Visits.TOPIC;
import static io.headwater.jobs.replay.Visits.folder;
import static io.headwater.jobs.replay.Visits.partition;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.sessionEnded;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.jobs.platform.s3.MinioObjectStore;
import io.headwater.jobs.platform.s3.ObjectStore;
import io.headwater.jobs.platform.s3.S3Settings;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.vault.PersonalKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/// What the archive promises, on a real Kafka and whatever S3 store the subclass brings.
abstract class SessionArchiveSuite {

    private final SchemaIds schemaIds = SchemaIds.inMemory();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<SessionArchive> archives = new ArrayList<>();
    private final List<MinioObjectStore> stores = new ArrayList<>();
    private final String group = "archive-" + UUID.randomUUID();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private Visits visits;
    private Bucket bucket;

    abstract String kafkaBootstrap();

    abstract String endpoint();

    abstract String accessKey();

    abstract String secretKey();

    abstract void stopStore();

    abstract void startStore();

    @BeforeEach
    void freshTopic() throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", kafkaBootstrap()))) {
            if (admin.listTopics().names().get().contains(TOPIC)) {
                admin.deleteTopics(List.of(TOPIC)).all().get();
            }
            var topic = Topics.TRACKING_EVENTS.toNewTopic(Visits.PARTITIONS, (short) 1);
            eventually(() -> admin.createTopics(List.of(topic)).all().get());
            // A producer that is there before the leaders may lose its first records.
            eventually(() -> admin.listOffsets(ends()).all().get());
        }
        visits = new Visits(kafkaBootstrap(), schemaIds);
        bucket = Bucket.at(endpoint(), accessKey(), secretKey(), group);
    }

    private static Map<TopicPartition, OffsetSpec> ends() {
        return IntStream.range(0, Visits.PARTITIONS)
                .boxed()
                .collect(
                        Collectors.toMap(
                                partition -> new TopicPartition(TOPIC, partition),
                                partition -> OffsetSpec.latest()));
    }

    @AfterEach
    void closeAll() {
        archives.forEach(SessionArchive::stop);
        stores.forEach(MinioObjectStore::close);
        visits.close();
    }

    @Test
    void visitIsAMetaAndObjectsOfItsEvents() throws Exception {
        String session = visits.newSession();
        visits.start(session);
        visits.click(session, 3);
        visits.send(session, sessionEnded(session));

        archive(store(), 2_000);

        eventually(() -> assertThat(bucket.positions()).hasSize(5));
        eventually(() ->
                assertThat(bucket.keys("sessions/"))
                        .containsExactly(
                                "%sevents/%d-%d-0.json"
                                        .formatted(
                                                folder(session),
                                                NOON.toEpochMilli(),
                                                partition(session)),
                                folder(session) + "meta.json"));
        assertThat(bucket.read(folder(session) + "meta.json").get("session_id").asString())
                .isEqualTo(session);
        eventually(() -> {
            assertThat(count("replay.record.read")).isEqualTo(3);
            assertThat(count("replay.record.archived")).isEqualTo(3);
            assertThat(count("replay.event.archived")).isEqualTo(5);
        });
    }

    @Test
    void whatWasPutButNotCommittedIsWrittenAgainUnderItsKeys() throws Exception {
        // given: every object of a batch is there, and the batch is not committed
        var sessions = List.of(visits.newSession(), visits.newSession(), visits.newSession());
        for (var session : sessions) {
            visits.start(session);
        }
        for (int round = 0; round < 3; round++) {
            for (var session : sessions) {
                visits.click(session, 2);
            }
        }
        var first = archive(new DyingStore(store()), 2_000);
        eventually(() -> assertThat(bucket.positions()).hasSize(21));
        first.stop();
        var before = bucket.keys("sessions/");

        // when: the next one cuts its batches elsewhere
        archive(store(), 2);

        // then
        eventually(() -> assertThat(count("replay.record.read")).isEqualTo(12));
        assertThat(bucket.keys("sessions/")).containsAll(before);
        assertThat(bucket.positions()).hasSize(21).doesNotHaveDuplicates();
    }

    @Test
    void nothingIsLostWhileTheStoreIsAway() throws Exception {
        var archive = archive(store(), 2_000);
        String session = visits.newSession();
        visits.start(session);
        eventually(() -> assertThat(bucket.positions()).hasSize(1));

        stopStore();
        try {
            for (int i = 0; i < 20; i++) {
                visits.click(session, 5);
            }
            eventually(() -> assertThat(count("replay.put.failed")).isPositive());
            eventually(() -> assertThat(archive.details()).containsKey("waiting_since"));
            assertThat(archive.up()).isTrue();
        } finally {
            startStore();
        }

        eventually(() -> assertThat(bucket.positions()).hasSize(101).doesNotHaveDuplicates());
        eventually(() -> assertThat(archive.details()).doesNotContainKey("waiting_since"));
        assertThat(count("replay.consumer.restarted")).isZero();
    }

    @Test
    void partitionsChangeHandsWithoutLossOrDuplicates() throws Exception {
        var first = archive(store(), 5);
        for (int i = 0; i < 40; i++) {
            String session = visits.newSession();
            visits.start(session);
            visits.click(session, 2);
            if (i == 10) {
                archive(store(), 7);
            } else if (i == 30) {
                first.stop();
            }
        }

        eventually(() -> assertThat(bucket.positions()).hasSize(120).doesNotHaveDuplicates());
    }

    /// Ids made elsewhere tell no date, and lie on any day.
    @Test
    void whatIsErasedIsDeletedAndNotWrittenAgain() throws Exception {
        String ours = visits.newSession();
        String theirs = "made elsewhere";
        String other = visits.newSession();
        for (var session : List.of(ours, theirs, other)) {
            visits.start(session);
            visits.click(session, 1);
        }
        archive(store(), 2_000);
        eventually(() -> assertThat(bucket.positions()).hasSize(6));

        gone.addAll(List.of(ours, theirs));
        var recordings = new Recordings(store());
        assertThat(recordings.delete(gone)).isGreaterThanOrEqualTo(4);
        assertThat(recordings.delete(gone)).isZero();
        visits.click(ours, 1);
        visits.click(other, 1);

        eventually(() -> assertThat(count("replay.record.read")).isEqualTo(8));
        assertThat(bucket.keys("sessions/")).allMatch(key -> key.startsWith(folder(other)));
        assertThat(bucket.positions()).hasSize(3);
        assertThat(count("replay.object.erased")).isPositive();
    }

    @Test
    void unreadableRecordIsKeptAside() throws Exception {
        String session = visits.newSession();
        visits.sendRaw(session, "rubbish".getBytes(StandardCharsets.UTF_8));
        visits.start(session);

        archive(store(), 2_000);

        eventually(() -> {
            assertThat(count("replay.record.archived")).isEqualTo(1);
            assertThat(count("replay.record.parked")).isEqualTo(1);
            assertThat(count("replay.record.read")).isEqualTo(2);
        });
        String key = "unreadable/" + TOPIC + "/" + partition(session) + "-0.json";
        assertThat(bucket.read(key).get("value_base64").asString()).isEqualTo("cnViYmlzaA==");
    }

    private SessionArchive archive(ObjectStore store, int maxRecords) {
        var archive =
                new SessionArchive(
                        new ArchiveSettings(
                                group,
                                Duration.ofMillis(200),
                                maxRecords,
                                4,
                                Duration.ofMillis(100),
                                Duration.ofSeconds(1)),
                        new InstanceSettings("test-" + archives.size(), Path.of("unused")),
                        new KafkaSettings(
                                kafkaBootstrap(),
                                KafkaSecurity.NONE,
                                Duration.ofMillis(100),
                                1,
                                0,
                                DataSize.ofMegabytes(1)),
                        store,
                        schemaIds,
                        new PersonalKeys(kid -> {
                            throw new IllegalStateException(kid);
                        }),
                        sessions ->
                                sessions.stream()
                                        .filter(gone::contains)
                                        .collect(Collectors.toSet()),
                        new ArchiveMetrics(meters));
        archives.add(archive);
        archive.start();
        return archive;
    }

    private MinioObjectStore store() {
        var store =
                new MinioObjectStore(
                        new S3Settings(
                                URI.create(endpoint()),
                                accessKey(),
                                secretKey(),
                                group,
                                Duration.ofSeconds(5)));
        stores.add(store);
        return store;
    }

    private double count(String counter) {
        return meters.counter(counter).count();
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    /// Writes, and does not live to tell.
    private record DyingStore(ObjectStore real) implements ObjectStore {

        @Override
        public void prepare() throws IOException {
            real.prepare();
        }

        @Override
        public void put(String key, byte[] json) throws IOException {
            real.put(key, json);
            throw new IOException("the answer never came");
        }
    }
}
