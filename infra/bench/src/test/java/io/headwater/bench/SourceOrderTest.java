package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SourceOrderTest {

    private final SourceOrder order =
            SourceOrder.of(
                    List.of(
                            new TopicPartition("receipts", 0),
                            new TopicPartition("receipts", 1),
                            new TopicPartition("events", 0),
                            new TopicPartition("events", 1)),
                    List.of(3L, 0L, 5L, 2L));

    @Test
    void recordsAreCountedThroughAllPartitions() {
        assertThat(order.records()).isEqualTo(10);
        assertThat(order.placeOf(0, 0)).isZero();
        assertThat(order.placeOf(0, 2)).isEqualTo(2);
        assertThat(order.placeOf(1, 1)).isEqualTo(9);
    }

    @Test
    void offsetThatTheFirstTopicLacksIsOfTheSecond() {
        assertThat(order.placeOf(0, 4)).isEqualTo(7);
        assertThatThrownBy(() -> order.placeOf(0, 5)).hasMessageContaining("0/5");
    }
}
