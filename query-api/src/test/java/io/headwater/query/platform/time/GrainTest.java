package io.headwater.query.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class GrainTest {
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void daysOfHalfHourZonesBeginAtTheirMidnight() {
        assertThat(edges(Grain.DAY, "2026-11-20T20:00:00Z", "2026-11-22T00:00:00Z", KOLKATA))
                .containsExactly("2026-11-20T18:30:00Z", "2026-11-21T18:30:00Z");
    }

    @Test
    void hoursOfHalfHourZonesBeginAtHalfPast() {
        assertThat(edges(Grain.HOUR, "2026-11-21T10:00:00Z", "2026-11-21T11:31:00Z", KOLKATA))
                .containsExactly(
                        "2026-11-21T09:30:00Z", "2026-11-21T10:30:00Z", "2026-11-21T11:30:00Z");
    }

    @Test
    void daysOfAClockChangeHaveTheirOwnLength() {
        List<Instant> edges =
                Grain.DAY.edges(
                        Instant.parse("2026-10-24T00:00:00Z"),
                        Instant.parse("2026-10-27T00:00:00Z"),
                        BERLIN);

        assertThat(Duration.between(edges.get(1), edges.get(2))).isEqualTo(Duration.ofHours(25));
        assertThat(Duration.between(edges.get(2), edges.get(3))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void hoursGoOnThroughAHalfHourClockChange() {
        // Lord Howe Island moves its clocks by half an hour, on 2026-10-03 at 15:30 UTC.
        List<Instant> edges =
                Grain.HOUR.edges(
                        Instant.parse("2026-10-03T13:00:00Z"),
                        Instant.parse("2026-10-03T19:00:00Z"),
                        ZoneId.of("Australia/Lord_Howe"));

        assertThat(edges).isSorted().doesNotHaveDuplicates();
        assertThat(edges.getLast()).isAfterOrEqualTo(Instant.parse("2026-10-03T18:00:00Z"));
    }

    @Test
    void weeksBeginOnMonday() {
        assertThat(edges(Grain.WEEK, "2026-11-18T00:00:00Z", "2026-11-24T00:00:00Z", BERLIN))
                .containsExactly("2026-11-15T23:00:00Z", "2026-11-22T23:00:00Z");
    }

    @Test
    void monthsBeginOnTheFirst() {
        assertThat(edges(Grain.MONTH, "2026-01-31T12:00:00Z", "2026-03-01T12:00:00Z", BERLIN))
                .containsExactly(
                        "2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z", "2026-02-28T23:00:00Z");
    }

    @Test
    void quartersAreThoseOfTheRollUps() {
        assertThat(
                        edges(
                                Grain.QUARTER,
                                "2026-11-21T10:07:00Z",
                                "2026-11-21T10:31:00Z",
                                ZoneId.of("Asia/Kathmandu")))
                .containsExactly(
                        "2026-11-21T10:00:00Z", "2026-11-21T10:15:00Z", "2026-11-21T10:30:00Z");
    }

    private static List<String> edges(Grain grain, String from, String to, ZoneId zone) {
        return grain.edges(Instant.parse(from), Instant.parse(to), zone).stream()
                .map(Instant::toString)
                .toList();
    }
}
