package io.headwater.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
    private static final Instant START = Instant.parse("2026-11-29T06:00:00Z");

    private final ProgressMeter meter = new ProgressMeter();

    @Test
    void oneReportTellsNoRate() {
        assertThat(meter.perSecond("leads", 2, START, 500)).isNull();
        assertThat(meter.perSecond("leads", 2, START, 500)).isNull();
    }

    @Test
    void theRateIsWhatWasReadBetweenReports() {
        meter.perSecond("leads", 2, START, 500);
        assertThat(meter.perSecond("leads", 2, START.plusMillis(1_500), 800)).isEqualTo(200.0);
        assertThat(meter.perSecond("leads", 2, START.plusMillis(1_500), 800)).isEqualTo(200.0);
        assertThat(meter.perSecond("leads", 2, START.plusSeconds(4), 2_500)).isEqualTo(500.0);
    }

    @Test
    void whatWasLongAgoIsForgotten() {
        meter.perSecond("leads", 2, START, 0);
        meter.perSecond("leads", 2, START.plusSeconds(10), 10_000);

        assertThat(meter.perSecond("leads", 2, START.plusSeconds(20), 10_100)).isEqualTo(10.0);
        assertThat(meter.perSecond("leads", 2, START.plusSeconds(60), 20_000)).isNull();
    }

    @Test
    void standingStillIsARateOfZero() {
        meter.perSecond("leads", 2, START, 7);
        assertThat(meter.perSecond("leads", 2, START.plusSeconds(2), 7)).isZero();
    }

    @Test
    void whatBeginsAgainIsMeasuredAgain() {
        meter.perSecond("leads", 2, START, 5_000);
        assertThat(meter.perSecond("leads", 2, START.plusSeconds(1), 100)).isNull();
        assertThat(meter.perSecond("leads", 2, START.plusSeconds(2), 150)).isEqualTo(50.0);
    }

    @Test
    void generationsAreMeasuredApart() {
        meter.perSecond("leads", 2, START, 0);
        meter.perSecond("leads", 3, START, 0);
        meter.perSecond("sessions", 2, START, 0);

        assertThat(meter.perSecond("leads", 3, START.plusSeconds(1), 30)).isEqualTo(30.0);
        assertThat(meter.perSecond("leads", 2, START.plusSeconds(1), 20)).isEqualTo(20.0);
        assertThat(meter.perSecond("sessions", 2, START.plusSeconds(1), 1)).isEqualTo(1.0);
    }
}
