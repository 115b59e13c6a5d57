package io.headwater.archive.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.archive.ArchiveEraser;
import io.headwater.archive.ArchiveExpiry;
import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveWriter;
import io.headwater.archive.ChainEnd;
import io.headwater.archive.EpochClaims;
import io.headwater.archive.MemoryBucket;
import io.headwater.archive.RangeBuilder;
import io.headwater.backends.Backend;
import io.headwater.backends.Backends;
import io.headwater.backends.TestBackends;
import io.headwater.schema.Brokers;
import io.headwater.schema.LogEpoch;
import io.headwater.schema.LogEpochs;
import io.headwater.schema.Provision;
import io.headwater.schema.Provisioner;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// From one cluster through the archive into another, empty one.
class RestoreIT {

    private static final Backends OLD = TestBackends.shared(Backend.KAFKA);
    private static final String TOPIC = Topics.LEAD_EVENTS.name();
    private static final TopicPartition GAPS = new TopicPartition(TOPIC, 0);
    private static final TopicPartition CUT = new TopicPartition(TOPIC, 1);
    private static final TopicPartition EMPTY = new TopicPartition(TOPIC, 2);
    private static final String OTHER_TOPIC = Topics.INTAKE_RECEIPTS.name();
    private static final TopicPartition OTHER = new TopicPartition(OTHER_TOPIC, 0);

    private static final MemoryBucket bucket = new MemoryBucket();
    private static final ArchiveReader archive = new ArchiveReader(bucket);
    private static final SchemaIds schemas = SchemaIds.inMemory();

    private final Backends fresh = TestBackends.fresh();

    @BeforeAll
    static void archiveALog() throws Exception {
        for (int i = 1; i <= SourceLog.OTHER_SCHEMA; i++) {
            schemas.idOf("", SchemaBuilder.record("R" + i).fields().requiredLong("n").endRecord());
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", OLD.kafkaBootstrap()));
                var log = new SourceLog(OLD.kafkaBootstrap())) {
            admin.createTopics(
                            List.of(
                                    Topics.LEAD_EVENTS.toNewTopic(3, (short) 1),
                                    Topics.INTAKE_RECEIPTS.toNewTopic(1, (short) 1)))
                    .all()
                    .get();
            Provisioner.awaitLeaders(admin, TOPIC, 3);
            Provisioner.awaitLeaders(admin, OTHER_TOPIC, 1);
            log.abort(GAPS, 1);
            log.plain(GAPS, 5);
            log.commit(GAPS, 3);
            log.commit(GAPS, 1);
            log.abort(GAPS, 2);
            log.abort(GAPS, 1);
            log.plain(GAPS, 4);
            log.commit(GAPS, 1);
            log.plain(GAPS, 1);
            log.abort(GAPS, 7);
            log.commit(GAPS, 6_000);
            log.plain(CUT, 10);
            log.commit(CUT, 3);
            log.plain(CUT, 11_000);
            log.commit(CUT, 2);
            log.abort(CUT, 4);
            log.plain(OTHER, 3);
            log.commit(OTHER, 2);
            admin.deleteRecords(Map.of(CUT, RecordsToDelete.beforeOffset(7))).all().get();
        }
        for (var partition : List.of(GAPS, CUT, OTHER)) {
            archive(partition);
        }
    }

    @AfterAll
    static void done() {
        bucket.objects.clear();
    }

    @Test
    void everyRecordIsWhereItWas() throws Exception {
        try (fresh) {
            fresh.start(List.of(Backend.KAFKA, Backend.REGISTRY));

            // given: it is stopped, again and again, at another place each time
            for (long offsets : List.of(1L, 20L, 6_100L, 17_000L)) {
                assertThatThrownBy(() -> restore(new DyingAfter(offsets)))
                        .isInstanceOf(Stopped.class);
                assertThat(epoch()).matches(LogEpoch::isRestoring);
                assertThatThrownBy(this::provide).hasMessageContaining("run restore again");
            }

            // when
            var epoch = restore(new Counting());

            // then
            for (var partition : List.of(GAPS, CUT, EMPTY, OTHER)) {
                assertThat(SourceLog.bounds(fresh.kafkaBootstrap(), partition))
                        .as("bounds of " + partition)
                        .isEqualTo(SourceLog.bounds(OLD.kafkaBootstrap(), partition));
                assertThat(SourceLog.described(fresh.kafkaBootstrap(), partition))
                        .as(partition.toString())
                        .isEqualTo(SourceLog.described(OLD.kafkaBootstrap(), partition));
            }
            assertThat(epoch.number()).isEqualTo(2);
            assertThat(epoch()).isEqualTo(epoch).matches(open -> !open.isRestoring());
            schemasHaveTheirIds();
            assertThatThrownBy(() -> restore(new Counting()))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("cluster without these topics");
            retentionIsGivenBack();
        }
    }

    @Test
    void erasedRangesAreLeftEmptyAndTheNextEpochIsAnother() throws Exception {
        var erased = new MemoryBucket();
        erased.objects.putAll(bucket.objects);
        erased.objects.put("epochs/2.json", new byte[0]);
        var second = new ArchiveReader(erased).ranges(GAPS, 0).get(1).manifest();
        new ArchiveEraser(erased).erase(GAPS, second.first(), "asked for", Instant.EPOCH);
        var counting = new Counting();
        try (fresh) {
            fresh.start(List.of(Backend.KAFKA, Backend.REGISTRY));

            var epoch = restore(erased, counting);

            assertThat(epoch.number()).isEqualTo(3);
            assertThat(counting.gone).containsExactly("asked for");
            assertThat(SourceLog.committed(fresh.kafkaBootstrap(), GAPS))
                    .extracting(one -> one.offset())
                    .isEqualTo(
                            SourceLog.committed(OLD.kafkaBootstrap(), GAPS).stream()
                                    .map(one -> one.offset())
                                    .filter(one -> one < second.first() || one > second.last())
                                    .toList());
        }
    }

    @Test
    void expiredBeginningsAreLeftEmptyAndTheOffsetsStay() throws Exception {
        var expired = new MemoryBucket();
        expired.objects.putAll(bucket.objects);
        var expiry = new ArchiveExpiry(expired);
        var reader = new ArchiveReader(expired);
        var third = reader.ranges(GAPS, 0).get(2).manifest();
        // the newest record of the second range of one, and everything of another
        expiry.expire(GAPS, Duration.ofMillis(1), newest(reader, GAPS, 1).plusMillis(2), 100);
        expiry.expire(OTHER, Duration.ofMillis(1), Instant.parse("2100-01-01T00:00:00Z"), 100);
        var counting = new Counting();
        try (fresh) {
            fresh.start(List.of(Backend.KAFKA, Backend.REGISTRY));
            assertThatThrownBy(() -> restore(expired, new DyingAfter(2_500)))
                    .isInstanceOf(Stopped.class);

            restore(expired, counting);

            String words = "expired: kept for PT0.001S";
            long end = reader.end(OTHER).next();
            assertThat(counting.begins).contains("%s %d %s".formatted(GAPS, third.first(), words));
            assertThat(counting.gone).isEmpty();
            assertThat(SourceLog.bounds(fresh.kafkaBootstrap(), OTHER)).containsExactly(end, end);
            assertThat(SourceLog.bounds(fresh.kafkaBootstrap(), GAPS))
                    .containsExactly(third.first(), reader.end(GAPS).next());
            assertThat(SourceLog.described(fresh.kafkaBootstrap(), GAPS))
                    .isNotEmpty()
                    .isEqualTo(
                            SourceLog.committed(OLD.kafkaBootstrap(), GAPS).stream()
                                    .filter(one -> one.offset() >= third.first())
                                    .map(SourceLog::describe)
                                    .toList());
            assertThat(SourceLog.described(fresh.kafkaBootstrap(), CUT))
                    .isEqualTo(SourceLog.described(OLD.kafkaBootstrap(), CUT));
        }
    }

    private static Instant newest(ArchiveReader reader, TopicPartition partition, int range) {
        Long newest = reader.ranges(partition, 0).get(range).manifest().lastTimestamp();
        assertThat(newest).isNotNull();
        return Instant.ofEpochMilli(newest == null ? 0 : newest);
    }

    private void schemasHaveTheirIds() throws IOException {
        var registry = SchemaIds.of(fresh.registryUrl(), "");
        for (int id : List.of(SourceLog.ONE_SCHEMA, SourceLog.OTHER_SCHEMA)) {
            assertThat(registry.schemaOf(id)).isEqualTo(schemas.schemaOf(id));
        }
        assertThat(Provisioner.provideSchemas(fresh.registryUrl(), "")).isPositive();
    }

    private void retentionIsGivenBack() {
        restoring(bucket, new Counting()).giveRetention();
        assertThat(SourceLog.bounds(fresh.kafkaBootstrap(), OTHER))
                .isEqualTo(SourceLog.bounds(OLD.kafkaBootstrap(), OTHER));
    }

    private void provide() throws IOException {
        Provision.main(
                "--bootstrap=" + fresh.kafkaBootstrap(), "--registry=" + fresh.registryUrl());
    }

    private LogEpoch epoch() {
        return new LogEpochs(Brokers.at(fresh.kafkaBootstrap())).now();
    }

    private LogEpoch restore(RestoreProgress progress) throws IOException {
        return restore(bucket, progress);
    }

    private LogEpoch restore(MemoryBucket from, RestoreProgress progress) throws IOException {
        return restoring(from, progress).run();
    }

    private Restore restoring(MemoryBucket from, RestoreProgress progress) {
        return new Restore(
                Brokers.at(fresh.kafkaBootstrap()),
                fresh.registryUrl(),
                (short) 1,
                new ArchiveReader(from),
                new EpochClaims(from),
                progress);
    }

    private static void archive(TopicPartition partition) throws IOException {
        var writer = new ArchiveWriter(bucket, schemas);
        writer.prepare(partition.topic(), partition.topic().equals(TOPIC) ? 3 : 1, 1);
        var bounds = SourceLog.bounds(OLD.kafkaBootstrap(), partition);
        var end = new ChainEnd(bounds.getFirst(), null);
        var range = open(partition, end);
        for (var record : SourceLog.committed(OLD.kafkaBootstrap(), partition)) {
            while (!range.add(record)) {
                end = publish(writer, range, range.fullAt(record.offset()));
                range = open(partition, end);
            }
        }
        assertThat(publish(writer, range, bounds.getLast()).next())
                .isEqualTo(archive.end(partition).next());
    }

    private static RangeBuilder open(TopicPartition partition, ChainEnd end) {
        return new RangeBuilder(partition, end.next(), end.sha256(), 1_000, 1 << 20);
    }

    private static ChainEnd publish(ArchiveWriter writer, RangeBuilder range, long next)
            throws IOException {
        var end = writer.publish(range.close(next, writer.storeSchemas(range.wireIds())));
        assertThat(end).isNotNull();
        return end == null ? ChainEnd.NOTHING : end;
    }

    private static final class Stopped extends RuntimeException {}

    private static class Counting implements RestoreProgress {

        final List<String> gone = new ArrayList<>();
        final List<String> begins = new ArrayList<>();

        @Override
        public void began(LogEpoch epoch, long offsets) {
            assertThat(epoch.isRestoring()).isTrue();
        }

        @Override
        public void wrote(long offsets) {
            assertThat(offsets).isPositive();
        }

        @Override
        public synchronized void begins(String partition, long offset, String reason) {
            begins.add(partition + " " + offset + " " + reason);
        }

        @Override
        public synchronized void gone(String partition, long first, long last, String reason) {
            gone.add(reason);
        }

        @Override
        public void done(String topic, boolean kept) {
            assertThat(topic).isIn(TOPIC, OTHER_TOPIC);
        }
    }

    private static final class DyingAfter extends Counting {

        private final AtomicLong left;

        DyingAfter(long offsets) {
            left = new AtomicLong(offsets);
        }

        @Override
        public void wrote(long offsets) {
            if (left.addAndGet(-offsets) <= 0) {
                throw new Stopped();
            }
        }
    }
}
