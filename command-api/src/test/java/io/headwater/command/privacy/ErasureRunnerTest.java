package io.headwater.command.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.vault.ReadLog.Position;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ErasureRunnerTest {

    private static Position at(String topic, int partition, long next) {
        return new Position(topic, partition, next);
    }

    /// Else a key that was used just before the decider forgot the lead would be missed.
    @Test
    void keysEndWhenEveryPartitionWasReadToWhereItEnded() {
        var ends = Set.of(at("lead.events.v1", 0, 7), at("lead.events.v1", 1, 0), at("t", 0, 3));

        assertThat(ErasureRunner.reached(Set.of(), ends)).isFalse();
        assertThat(ErasureRunner.reached(Set.of(at("lead.events.v1", 0, 7)), ends)).isFalse();
        assertThat(ErasureRunner.reached(Set.of(at("lead.events.v1", 0, 6), at("t", 0, 3)), ends))
                .isFalse();
        assertThat(ErasureRunner.reached(Set.of(at("lead.events.v1", 0, 7), at("t", 1, 3)), ends))
                .isFalse();
        assertThat(ErasureRunner.reached(Set.of(at("lead.events.v1", 0, 8), at("t", 0, 3)), ends))
                .isTrue();
    }
}
