package io.headwater.projectors.platform.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.platform.Generation;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagProbeTest {

    private static final Generation TRAFFIC = new Generation("traffic", 1);
    private static final TopicPartition STALLED = new TopicPartition("tracking", 0);
    private static final Lag LAG = new Lag(Map.of(STALLED, 3L), Map.of(STALLED, 9L));

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final LagProbe probe = new LagProbe(consumer);

    @AfterEach
    void close() {
        probe.close();
    }

    @Test
    void recordOfAStalledPartitionIsFoundEveryTime() {
        comes(3, 1_000);
        var first = probe.oldest(TRAFFIC, LAG);
        // Knows nothing of the first time, and has the same consumer with its paused partition.
        comes(3, 2_000);
        var second = new LagProbe(consumer).oldest(TRAFFIC, LAG);

        assertThat(first).containsExactly(Map.entry(STALLED, 1_000L));
        assertThat(second).containsExactly(Map.entry(STALLED, 2_000L));
    }

    @Test
    void partitionThatDoesNotAnswerKeepsItsAge() {
        comes(3, 1_000);
        var answered = probe.oldest(TRAFFIC, LAG);

        assertThat(probe.oldest(TRAFFIC, LAG)).isEqualTo(answered);
        assertThat(probe.oldest(new Generation("sessions", 1), LAG))
                .containsExactly(Map.entry(STALLED, 0L));
    }

    @Test
    void nothingBeforeTheEndIsNoLag() {
        comes(9, 1_000);

        assertThat(probe.oldest(TRAFFIC, LAG)).isEmpty();
    }

    private void comes(long offset, long timestamp) {
        consumer.updateBeginningOffsets(Map.of(STALLED, 0L));
        consumer.schedulePollTask(() ->
                consumer.addRecord(
                        new ConsumerRecord<byte[], byte[]>(
                                STALLED.topic(),
                                STALLED.partition(),
                                offset,
                                timestamp,
                                TimestampType.CREATE_TIME,
                                0,
                                1,
                                null,
                                new byte[1],
                                new RecordHeaders(),
                                Optional.empty())));
    }
}
