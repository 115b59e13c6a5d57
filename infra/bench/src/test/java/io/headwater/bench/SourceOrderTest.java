package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SourceOrderTest {

    @Test
    void recordsAreCountedThroughAllPartitions() {
        var receipts = new TopicPartition("receipts", 0);
        var events = new TopicPartition("events", 0);

        var order = SourceOrder.of(List.of(receipts, events), List.of(3L, 5L));

        assertThat(order.records()).isEqualTo(8);
        assertThat(order.parts())
                .containsExactly(
                        new SourceOrder.Part(receipts, 0, 3), new SourceOrder.Part(events, 3, 5));
    }
}
