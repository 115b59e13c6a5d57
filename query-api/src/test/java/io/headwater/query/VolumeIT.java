package io.headwater.query;

import static io.headwater.query.RunningQueryApi.ADMIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class VolumeIT {
    private static final String KOLKATA = "&zone=Asia/Kolkata";

    private final RunningQueryApi api = EmbeddedReadModels.api();
    private final ReadModels models = EmbeddedReadModels.models();

    @BeforeEach
    void twoDaysOfKolkata() {
        models.clear();
        submitted("2026-11-20T18:15:00Z", "google", 1);
        submitted("2026-11-20T18:30:00Z", "google", 2);
        submitted("2026-11-21T18:15:00Z", "meta", 4);
        submitted("2026-11-21T18:30:00Z", "meta", 8);
    }

    private void submitted(String bucket, String source, int count) {
        models.volume(Instant.parse(bucket), source, "submissions", count, "accepted", count);
    }

    @Test
    void daysBeginAtLocalMidnight() {
        JsonNode days = volume("grain=day&from=2026-11-20&to=2026-11-22" + KOLKATA);

        assertThat(days).hasSize(3);
        assertThat(days.at("/0/bucket").asString()).isEqualTo("2026-11-19T18:30:00Z");
        assertThat(days.at("/0/submissions").asInt()).isEqualTo(1);
        assertThat(days.at("/1/bucket").asString()).isEqualTo("2026-11-20T18:30:00Z");
        assertThat(days.at("/1/submissions").asInt()).isEqualTo(6);
        assertThat(days.at("/2/submissions").asInt()).isEqualTo(8);
    }

    @Test
    void hoursOfAHalfHourZoneBeginAtHalfPast() {
        JsonNode hours =
                volume("grain=hour&from=2026-11-20T18:00:00Z&to=2026-11-20T19:30:00Z" + KOLKATA);

        assertThat(hours).hasSize(2);
        assertThat(hours.at("/0/bucket").asString()).isEqualTo("2026-11-20T17:30:00Z");
        assertThat(hours.at("/1/bucket").asString()).isEqualTo("2026-11-20T18:30:00Z");
        assertThat(hours.at("/1/submissions").asInt()).isEqualTo(2);
    }

    @Test
    void theSameQuartersAreOtherDaysInUtc() {
        JsonNode days = volume("grain=day&from=2026-11-20&to=2026-11-21");

        assertThat(days).hasSize(2);
        assertThat(days.at("/0/submissions").asInt()).isEqualTo(3);
        assertThat(days.at("/1/submissions").asInt()).isEqualTo(12);
    }

    @Test
    void takesAPlusThatWasNotEncodedInAZone() {
        JsonNode days = volume("grain=day&from=2026-11-20&to=2026-11-21&zone=Etc/GMT+5");

        assertThat(days.at("/0/bucket").asString()).isEqualTo("2026-11-20T05:00:00Z");
    }

    @Test
    void splitsBySource() {
        JsonNode sources = volume("grain=month&by=source&from=2026-11-01&to=2026-11-30");

        assertThat(sources.at("/0/key").asString()).isEqualTo("meta");
        assertThat(sources.at("/0/submissions").asInt()).isEqualTo(12);
        assertThat(sources.at("/1/key").asString()).isEqualTo("google");
    }

    @Test
    void countsOneSiteOnly() {
        assertThat(volume("from=2026-11-01&to=2026-11-30&site=other")).isEmpty();
        assertThat(volume("from=2026-11-01&to=2026-11-30&site=main")).hasSize(2);
    }

    @Test
    void sessionsAreCountedOnTheirLocalDay() {
        ZoneId zone = ZoneId.of("Asia/Kolkata");
        LocalDate today = LocalDate.now(zone);
        JsonNode days = lastTwoDays(today.atStartOfDay(zone).toInstant());
        if (!LocalDate.now(zone).equals(today)) {
            // Midnight in Kolkata came in between.
            today = LocalDate.now(zone);
            days = lastTwoDays(today.atStartOfDay(zone).toInstant());
        }

        assertThat(days).hasSize(2);
        assertThat(days.at("/0/date").asString()).isEqualTo(today.minusDays(1).toString());
        assertThat(days.at("/0/total_sessions").asInt()).isEqualTo(1);
    }

    private JsonNode lastTwoDays(Instant midnight) {
        models.clear();
        models.session("s1", "visitor_id", "v1", "started_at", midnight.minusMillis(1));
        models.session("s2", "visitor_id", "v1", "started_at", midnight);
        return api.get("/analytics/sessions/daily?days=2&zone=Asia/Kolkata", ADMIN).json();
    }

    private JsonNode volume(String query) {
        var answer = api.get("/analytics/leads/volume?" + query, ADMIN);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
