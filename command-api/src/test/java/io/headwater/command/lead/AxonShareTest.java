package io.headwater.command.lead;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AxonShareTest {

    /// Small and beside other work: that both ways decide the commands, and that Axon's way is not
    /// a multiple of what it should be. The figure itself is the benchmark's.
    @Test
    void bothWaysDecide() {
        var measured = AxonShare.measure(10, 1, 3);

        assertThat(measured.plainMicros()).isPositive();
        assertThat(measured.ratio()).isLessThan(10);
    }
}
