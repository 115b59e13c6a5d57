package io.headwater.projectors.platform.lag;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.projectors.platform.Generation;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class LogEndsTest {

    private static final Generation TRAFFIC = new Generation("traffic", 1);
    private static final TopicPartition EVENTS = new TopicPartition("tracking.events.v1", 0);
    private static final TopicPartition INNER =
            new TopicPartition("projector-traffic-g1-page-views-repartition", 2);
    private static final TopicPartition ROWS = new TopicPartition("view.traffic.g1", 1);
    private static final TopicPartition LETTERS = new TopicPartition("view.traffic.g1.dlt", 0);

    @Test
    void whatIsBetweenTwoStepsOfAFoldIsNotAppliedYet() {
        var ends =
                LogEnds.of(
                        TRAFFIC,
                        Set.of(EVENTS.topic()),
                        Map.of(EVENTS, 10L, INNER, 4L),
                        Map.of(),
                        Map.of(EVENTS, 10L, INNER, 7L));

        assertThat(ends.source()).isEqualTo(new Lag(Map.of(INNER, 4L), Map.of(INNER, 7L)));
    }

    @Test
    void viewEndsWhereTheBrokersSay() {
        var other = new TopicPartition("view.sessions.g1", 1);

        var ends =
                LogEnds.of(
                        TRAFFIC,
                        Set.of(EVENTS.topic()),
                        Map.of(),
                        Map.of(EVENTS, 1L),
                        Map.of(EVENTS, 3L, ROWS, 20L, LETTERS, 1L, other, 9L));

        assertThat(ends.source()).isEqualTo(new Lag(Map.of(EVENTS, 1L), Map.of(EVENTS, 3L)));
        assertThat(ends.sourceFirst()).isEqualTo(1);
        assertThat(ends.sourceEnd()).isEqualTo(3);
        assertThat(ends.view()).isEqualTo(Map.of(ROWS, 20L, LETTERS, 1L));
        assertThat(Lag.of(Map.of(ROWS, 15L, LETTERS, 1L), ends.view()))
                .isEqualTo(new Lag(Map.of(ROWS, 15L), Map.of(ROWS, 20L)));
    }
}
