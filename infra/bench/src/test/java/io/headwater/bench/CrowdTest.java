package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdTest {

    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void fewThingsAreFrequentAndManySeldom() {
        // given
        var crowd = Crowd.over(BEGIN, Duration.ofDays(10));

        // when
        var bySource =
                IntStream.range(0, 6_000)
                        .mapToObj(visitor -> crowd.look(visitor).source())
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        // then
        assertThat(bySource).hasSize(6);
        assertThat(bySource.getOrDefault("google", 0L))
                .isGreaterThan(4 * bySource.getOrDefault("fair", 0L));
        assertThat(crowd.look(7)).isEqualTo(crowd.look(7));
        assertThat(crowd.at(Instant.now(), 3, 0.5)).isEqualTo(BEGIN.plus(Duration.ofDays(5)));
    }

    @Test
    void thoseWhoAreAlikeComeNow() {
        assertThat(Crowd.ALIKE.look(1)).isEqualTo(Crowd.ALIKE.look(2));
        assertThat(Crowd.ALIKE.at(BEGIN, 3, 0.5)).isEqualTo(BEGIN.plusSeconds(3));
    }
}
