package io.headwater.archive.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// On a model of a partition: whatever gaps there were, every record gets its offset again.
class PartitionRestoreTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @RepeatedTest(200)
    void everyPatternOfGapsIsMadeAgain(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var offsets = new ArrayList<Long>();
        long next = random.nextInt(4);
        for (int i = random.nextInt(300); i > 0; i--) {
            offsets.add(next);
            next += 1 + (random.nextBoolean() ? 0 : random.nextInt(4));
        }
        check(offsets, next + random.nextInt(4));
    }

    @Test
    void longRunsAndLongGaps() {
        var offsets = new ArrayList<Long>();
        for (long offset = 0; offset < 25_000; offset++) {
            offsets.add(offset);
        }
        // one marker behind them, then a gap of three transactions and one more
        offsets.add(25_001L);
        offsets.add(25_002L + 3L * (PartitionRestore.FILLER + 1) + 1);
        check(offsets, offsets.getLast() + 2);
        check(List.of(1_000_000L), 1_000_001);
        check(List.of(), 12);
        check(List.of(1L), 2);
        check(List.of(), 1);
    }

    private static void check(List<Long> offsets, long end) {
        var partition = new Model();
        var told = new AtomicLong();

        new PartitionRestore(PARTITION, partition, told::addAndGet)
                .write(offsets.stream().map(PartitionRestoreTest::record).iterator(), end);

        assertThat(partition.visible).isEqualTo(offsets);
        assertThat(partition.end).isEqualTo(end);
        assertThat(told.get()).isEqualTo(end);
    }

    @SuppressWarnings("NullAway") // no key and no value
    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>(
                PARTITION.topic(),
                PARTITION.partition(),
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                null,
                null,
                new RecordHeaders(),
                Optional.empty());
    }

    /// Counts as a broker does.
    private static final class Model implements Appender {

        final List<Long> visible = new ArrayList<>();
        long end;

        @Override
        public void plain(List<ConsumerRecord<byte[], byte[]>> records) {
            for (var record : records) {
                assertThat(record.offset()).isEqualTo(end);
                visible.add(end++);
            }
        }

        @Override
        public void commit(List<ConsumerRecord<byte[], byte[]>> records) {
            assertThat(records).isNotEmpty();
            plain(records);
            end++;
        }

        @Override
        public void abort(long first, int count, long timestamp) {
            assertThat(first).isEqualTo(end);
            assertThat(count).isPositive();
            end += count + 1L;
        }

        @Override
        public void empty(long offset, long timestamp) {
            assertThat(offset).isZero();
            assertThat(end).isZero();
            end++;
        }

        @Override
        public void awaitEnd(long expected) {
            assertThat(end).isEqualTo(expected);
        }
    }
}
