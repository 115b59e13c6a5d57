package io.headwater.archive.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.archive.ArchiveEraser;
import io.headwater.archive.ArchiveExpiry;
import io.headwater.archive.ArchiveReader;
import io.headwater.archive.ArchiveWriter;
import io.headwater.archive.ChainEnd;
import io.headwater.archive.Gone;
import io.headwater.archive.MemoryBucket;
import io.headwater.archive.RangeBuilder;
import io.headwater.schema.SchemaIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/// Every committed record once, whoever has it.
class ArchivedLogTest {

    private static final TopicPartition PARTITION = new TopicPartition("lead.events.v1", 1);
    private static final List<String> TOPICS = List.of(PARTITION.topic());

    private final MemoryBucket bucket = new MemoryBucket();
    private final Topic topic = new Topic();
    private final ArchivedLog log = new ArchivedLog(new ArchiveReader(bucket), topic);

    @Test
    void archiveFirstThenTheTopic() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        topic.first = 40;

        var range = range();

        assertThat(range).isEqualTo(new SourceLog.Range(0, 95));
        assertThat(read(range)).isEqualTo(offsets(0, 95));
        assertThat(topic.opened)
                .containsExactly(new SourceLog.Range(58, 59), new SourceLog.Range(60, 95));
    }

    @Test
    void readsFromAnywhereToAnywhere() throws Exception {
        topic.write(0, 95);
        archive(0, 60);

        assertThat(read(new SourceLog.Range(13, 31))).isEqualTo(offsets(13, 31));
        assertThat(read(new SourceLog.Range(55, 70))).isEqualTo(offsets(55, 70));
        assertThat(read(new SourceLog.Range(60, 95))).isEqualTo(offsets(60, 95));
        assertThat(read(new SourceLog.Range(20, 60))).isEqualTo(offsets(20, 60));
    }

    @Test
    void withoutAnArchiveItIsTheTopic() throws Exception {
        topic.write(0, 20);
        topic.first = 5;

        assertThat(range()).isEqualTo(new SourceLog.Range(5, 20));
        assertThat(read(range())).isEqualTo(offsets(5, 20));
    }

    @Test
    void topicThatBeginsWhereTheArchiveEndsHasNothingToCompare() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        topic.first = 60;

        assertThat(read(range())).isEqualTo(offsets(0, 95));
    }

    @Test
    void gapIsSaid() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        topic.first = 61;

        assertThatThrownBy(this::range)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("in neither");
    }

    @Test
    void archiveOfAnotherLogIsSaid() throws Exception {
        topic.write(0, 95);
        archive(0, 60);

        topic.records.replaceAll(record -> record(record.offset(), "another"));
        assertThatThrownBy(() -> read(range()))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("another record");

        topic.records.clear();
        topic.write(0, 30);
        assertThatThrownBy(this::range)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("another log");
    }

    @Test
    void damagedArchiveIsNotReadOver() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        bucket.objects.keySet().removeIf(key -> key.contains("00000000000000000020-"));
        var range = range();

        assertThatThrownBy(() -> read(range))
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("no tombstone");
    }

    @Test
    void logBeginsWhereTheArchiveWasKeptFrom() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        expire(30);
        topic.first = 55;

        var range = range();

        assertThat(range).isEqualTo(new SourceLog.Range(30, 95));
        assertThat(read(range)).isEqualTo(offsets(30, 95));
        assertThat(log.gone(PARTITION, range))
                .containsExactly(new Gone(0, 29, "expired: kept for PT0.001S"));
    }

    @Test
    void topicIsReadWhereItReachesFurtherBackThanWhatTheArchiveKept() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        expire(30);
        topic.first = 20;

        assertThat(range()).isEqualTo(new SourceLog.Range(20, 95));
        assertThat(read(range())).isEqualTo(offsets(20, 95));
        assertThat(topic.opened).containsExactly(new SourceLog.Range(20, 95));
    }

    @Test
    void archiveOfWhichNothingIsKeptIsNoGap() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        expire(60);
        topic.first = 60;

        assertThat(range()).isEqualTo(new SourceLog.Range(60, 95));
        assertThat(read(range())).isEqualTo(offsets(60, 95));
        assertThat(log.gone(PARTITION, range()))
                .singleElement()
                .extracting(Gone::last)
                .isEqualTo(59L);
    }

    @Test
    void whatWasErasedInTheMiddleIsSaid() throws Exception {
        topic.write(0, 95);
        archive(0, 60);
        var eraser = new ArchiveEraser(bucket);
        eraser.erase(PARTITION, 20, "asked for", Instant.EPOCH);
        eraser.erase(PARTITION, 30, "asked for", Instant.EPOCH);

        assertThat(log.gone(PARTITION, range())).containsExactly(new Gone(20, 39, "asked for"));
        assertThat(log.gone(PARTITION, new SourceLog.Range(60, 95)))
                .singleElement()
                .extracting(Gone::last)
                .isEqualTo(59L);
    }

    /// What is older than the record that stands there.
    private void expire(long offset) {
        new ArchiveExpiry(bucket)
                .expire(PARTITION, Duration.ofMillis(1), Instant.ofEpochMilli(offset + 1), 100);
    }

    private SourceLog.Range range() throws Exception {
        return log.ranges(TOPICS).getOrDefault(PARTITION, new SourceLog.Range(-1, -1));
    }

    private List<Long> read(SourceLog.Range range) throws InterruptedException {
        var read = new ArrayList<Long>();
        try (var cursor = log.open(PARTITION, range)) {
            while (!cursor.isAtEnd()) {
                long before = cursor.position();
                cursor.poll().forEach(record -> read.add(record.offset()));
                assertThat(cursor.position()).isGreaterThan(before);
            }
            assertThat(cursor.position()).isEqualTo(range.end());
            assertThat(cursor.poll()).isEmpty();
        }
        return read;
    }

    private void archive(long first, long next) throws IOException {
        var writer = new ArchiveWriter(bucket, SchemaIds.inMemory());
        var end = new ChainEnd(first, null);
        while (end.next() < next) {
            var range = new RangeBuilder(PARTITION, end.next(), end.sha256(), 10, Long.MAX_VALUE);
            long until = Math.min(next, range.fullAt(next));
            for (var record : topic.records) {
                if (record.offset() >= end.next() && record.offset() < until) {
                    range.add(record);
                }
            }
            var published = writer.publish(range.close(until, List.of()));
            assertThat(published).isNotNull();
            end = published == null ? end : published;
        }
    }

    private static List<Long> offsets(long first, long end) {
        return LongStream.range(first, end).filter(ArchivedLogTest::isRecord).boxed().toList();
    }

    /// As transactions of three leave them.
    private static boolean isRecord(long offset) {
        return offset % 4 != 3;
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String value) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                offset,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                "key".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders(),
                Optional.empty());
    }

    /// A topic in memory.
    private static final class Topic implements SourceLog {

        final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        final List<Range> opened = new ArrayList<>();
        long first;
        long end;

        void write(long from, long to) {
            offsets(from, to).forEach(offset -> records.add(record(offset, "v" + offset)));
            end = to;
        }

        @Override
        public Map<TopicPartition, Range> ranges(Collection<String> topics) {
            return Map.of(PARTITION, new Range(first, end));
        }

        @Override
        public Cursor open(TopicPartition partition, Range range) {
            assertThat(range.first()).isGreaterThanOrEqualTo(first);
            opened.add(range);
            return new Cursor() {

                private long position = range.first();

                @Override
                public List<ConsumerRecord<byte[], byte[]>> poll() {
                    long from = position;
                    position = Math.min(range.end(), position + 7);
                    return records.stream()
                            .filter(one -> one.offset() >= from && one.offset() < position)
                            .toList();
                }

                @Override
                public long position() {
                    return position;
                }

                @Override
                public boolean isAtEnd() {
                    return position >= range.end();
                }

                @Override
                public void close() {
                    assertThat(position).isLessThanOrEqualTo(range.end());
                }
            };
        }
    }
}
