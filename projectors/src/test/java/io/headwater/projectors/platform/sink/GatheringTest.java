package io.headwater.projectors.platform.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringTest {

    private static final TopicPartition OURS = new TopicPartition("view", 0);
    private static final TopicPartition LOST = new TopicPartition("view", 1);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    @BeforeEach
    void assign() {
        consumer.assign(List.of(OURS, LOST));
        consumer.updateBeginningOffsets(Map.of(OURS, 0L, LOST, 0L));
    }

    @Test
    void pollsBecomeOneBatchUntilNothingIsThere() {
        comes(OURS, 0, 10);
        comes(OURS, 1, 10);

        assertThat(poll(new Gathering(100, 1_000)).records(OURS)).hasSize(2);
        assertThat(poll(new Gathering(100, 1_000)).isEmpty()).isTrue();
    }

    @Test
    void fullByRecords() {
        comes(OURS, 0, 10);
        comes(OURS, 1, 10);
        comes(OURS, 2, 10);

        assertThat(poll(new Gathering(2, 1_000)).count()).isEqualTo(2);
    }

    @Test
    void fullByBytes() {
        comes(OURS, 0, 600);
        comes(OURS, 1, 600);
        comes(OURS, 2, 600);

        assertThat(poll(new Gathering(100, 1_000)).count()).isEqualTo(2);
    }

    @Test
    void whatWasTakenAwayIsLeftToItsNextOwner() {
        comes(OURS, 0, 10);
        comes(LOST, 0, 10);

        assertThat(poll(new Gathering(100, 1_000)).partitions()).containsExactly(OURS);
    }

    private ConsumerRecords<byte[], byte[]> poll(Gathering gathering) {
        return gathering.poll(consumer, Duration.ZERO, Set.of(OURS));
    }

    /// At the next poll that nothing else comes at.
    private void comes(TopicPartition partition, long offset, int bytes) {
        consumer.schedulePollTask(() ->
                consumer.addRecord(
                        new ConsumerRecord<byte[], byte[]>(
                                partition.topic(),
                                partition.partition(),
                                offset,
                                0,
                                TimestampType.CREATE_TIME,
                                0,
                                bytes,
                                null,
                                new byte[bytes],
                                new RecordHeaders(),
                                Optional.empty())));
    }
}
