package io.headwater.projectors.platform.streams;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class FloodTest {

    private boolean watched = true;
    private final Flood flood = new Flood(3, 10, () -> watched);

    @Test
    void aFewLettersAmongManyEventsPass() {
        for (long offset = 0; offset < 1_000; offset += 4) {
            assertThat(flood.admits("events", 0, offset)).isTrue();
        }
        assertThat(flood.reason()).isNull();
    }

    @Test
    void oneMoreAmongTheLastOffsetsStops() {
        assertThat(flood.admits("events", 0, 100)).isTrue();
        assertThat(flood.admits("events", 0, 103)).isTrue();
        assertThat(flood.admits("events", 0, 106)).isTrue();

        assertThat(flood.admits("events", 0, 109)).isFalse();
        assertThat(flood.reason())
                .startsWith("4 of the last 10 offsets of events 0, up to 109, cannot be folded");
    }

    @Test
    void aRepeatedTransactionCountsOnce() {
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(flood.admits("events", 0, 1)).isTrue();
            assertThat(flood.admits("events", 0, 2)).isTrue();
            assertThat(flood.admits("events", 0, 3)).isTrue();
        }
        assertThat(flood.admits("events", 0, 4)).isFalse();
        assertThat(flood.admits("events", 0, 2)).as("what was passed before").isTrue();
    }

    @Test
    void partitionsAreJudgedByThemselves() {
        for (int partition = 0; partition < 10; partition++) {
            assertThat(flood.admits("events", partition, 1)).isTrue();
        }
    }

    @Test
    void lettersOfEarlierRunsCount() {
        var partition = new TopicPartition("events", 0);
        flood.known(partition, 7);
        flood.known(partition, 8);
        flood.known(partition, 9);

        assertThat(flood.admits("events", 0, 10)).isFalse();
    }

    @Test
    void nothingStopsWhileItIsNotWatchedOrWithoutALimit() {
        watched = false;
        var unlimited = new Flood(0, 10, () -> true);
        for (long offset = 0; offset < 50; offset++) {
            assertThat(flood.admits("events", 0, offset)).isTrue();
            assertThat(unlimited.admits("events", 0, offset)).isTrue();
        }
    }
}
