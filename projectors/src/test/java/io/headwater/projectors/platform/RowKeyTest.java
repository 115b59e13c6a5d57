package io.headwater.projectors.platform;

import static io.headwater.schema.SampleEvents.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.schema.SampleEvents;
import io.headwater.views.TrafficRow;
import org.junit.jupiter.api.Test;

class RowKeyTest {

    @Test
    void namesTableAndKey() {
        assertThat(RowKey.of(SampleEvents.sessionRow().build()))
                .isEqualTo("sessions|" + SampleEvents.SESSION);
        assertThat(RowKey.of(traffic("a|b\\c", "")))
                .isEqualTo("traffic_15m|main|" + NOON.toEpochMilli() + "|a\\|b\\\\c||ES|desktop");
    }

    @Test
    void givesBackTheValues() {
        String key = RowKey.of(traffic("a|b\\c", ""));

        assertThat(RowKey.tableOf(key)).isEqualTo("traffic_15m");
        assertThat(RowKey.valuesOf(key))
                .containsExactly(
                        "main", String.valueOf(NOON.toEpochMilli()), "a|b\\c", "", "ES", "desktop");
    }

    @Test
    void leavesOutWhatPostgresCannotStore() {
        assertThat(RowKey.of("sessions", "a\0b")).isEqualTo("sessions|ab");
    }

    private static TrafficRow traffic(String source, String campaign) {
        return new TrafficRow(
                "main", NOON, source, campaign, "ES", "desktop", 1L, 1L, 1L, 1L, 0, 0L);
    }
}
