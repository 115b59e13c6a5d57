package io.headwater.command.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    @ParameterizedTest
    @CsvSource({
        "1795222440, 2026-11-21T00:54:00Z",
        "1795222440127, 2026-11-21T00:54:00.127Z",
        "2026-11-21T00:54:00Z, 2026-11-21T00:54:00Z",
        "2026-11-21T00:54:00.123456Z, 2026-11-21T00:54:00.123456Z",
        "2026-11-21T01:54:00+01:00, 2026-11-21T00:54:00Z",
        "2026-11-21T00:54:00, 2026-11-21T00:54:00Z",
        "2026-11-21 00:54:00, 2026-11-21T00:54:00Z",
        "2026-11-21, 2026-11-21T00:00:00Z",
        "-1, 1969-12-31T23:59:59Z"
    })
    void reads(String text, Instant time) {
        assertThat(Timestamps.parse(text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-13-01",
                "2026-02-30T00:00:00Z",
                "99999999999999999999",
                "1.5",
                "0x10",
                "2026-11-21T25:00:00Z",
                "+1000000000-01-01T00:00:00Z"
            })
    void readsNothingElse(String text) {
        assertThat(Timestamps.parse(text)).isNull();
    }

    @Test
    void someTimesCannotBeTrue() {
        Instant now = Instant.parse("2026-11-21T00:54:00Z");

        assertThat(Timestamps.absurdity(now.plus(Duration.ofHours(23)), now)).isNull();
        assertThat(Timestamps.absurdity(now.plus(Duration.ofHours(23)).plusMillis(1), now))
                .isEqualTo("timestamp_in_future");
        assertThat(Timestamps.absurdity(Instant.parse("1999-12-31T23:59:59Z"), now))
                .isEqualTo("timestamp_too_old");
        assertThat(Timestamps.absurdity(Timestamps.EARLIEST, now)).isNull();
    }
}
