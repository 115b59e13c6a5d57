package io.headwater.query.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimeRangeTest {

    @Test
    void datesIncludeTheLastDay() {
        var range = TimeRange.parse("2026-11-20", "2026-11-21", ZoneId.of("Asia/Kolkata"));

        assertThat(range.from()).isEqualTo(Instant.parse("2026-11-19T18:30:00Z"));
        assertThat(range.to()).isEqualTo(Instant.parse("2026-11-21T18:30:00Z"));
    }

    @Test
    void takesOffsetsAlsoWithAPlusThatBecameASpace() {
        var range =
                TimeRange.parse(
                        "2026-11-21T10:00:00+05:30", "2026-11-21T10:00:00 01:00", ZoneOffset.UTC);

        assertThat(range.from()).isEqualTo(Instant.parse("2026-11-21T04:30:00Z"));
        assertThat(range.to()).isEqualTo(Instant.parse("2026-11-21T09:00:00Z"));
    }

    @Test
    void missingEndsAreOpen() {
        assertThat(TimeRange.parse(" ", null, ZoneOffset.UTC)).isEqualTo(new TimeRange(null, null));
    }
}
