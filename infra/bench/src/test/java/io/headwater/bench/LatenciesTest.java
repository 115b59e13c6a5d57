package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void percentilesAreExactByNearestRank() {
        // given
        var latencies = new Latencies(200);
        for (int i = 0; i < 100; i++) {
            latencies.set(99 - i, (i + 1) * 1_000_000L);
        }

        // then
        assertThat(latencies.count()).isEqualTo(100);
        assertThat(latencies.percentileMillis(0.5)).isEqualTo(50);
        assertThat(latencies.percentileMillis(0.99)).isEqualTo(99);
        assertThat(latencies.percentileMillis(1)).isEqualTo(100);
    }

    @Test
    void nothingMeasuredIsNotFast() {
        assertThat(new Latencies(3).percentileMillis(0.5)).isNaN();
        assertThat(Figure.atMost("p99", "ms", Double.NaN, 400).pass()).isFalse();
    }

    @Test
    void targetsBoundFromTheSideTheySay() {
        assertThat(Figure.atLeast("ratio", "ratio", 0.35, 0.35).pass()).isTrue();
        assertThat(Figure.atLeast("ratio", "ratio", 0.34, 0.35).pass()).isFalse();
        assertThat(Figure.atMost("start", "s", 25.1, 25).pass()).isFalse();
        assertThat(Figure.plain("p50", "ms", 1e9).pass()).isTrue();
    }
}
