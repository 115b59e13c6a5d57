package io.headwater.launcher;

import static io.headwater.launcher.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.launcher.erase.Export;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What pages send about a visit, and what is read of it.
class VisitsIT {

    private static LaunchedPlatform platform;
    private static TestSite site;

    @BeforeAll
    static void up() {
        platform = LaunchedPlatform.shared();
        site = TestSite.make(new Caller(), platform, "visits");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0, 0, 0, 0, Cold",
        "60, 50, 3, 0, 24, Warm",
        "180, 80, 10, 0, 52, Hot",
        "300, 100, 15, 2, 85, Very Hot"
    })
    void thePublishedEngagementExamplesComeOutExactly(
            int seconds, int scroll, int clicks, int returns, int score, String label) {
        // given
        String fingerprint = "engagement-" + score;
        for (int i = 0; i < returns; i++) {
            start(fingerprint);
        }

        // when
        var visit = visit(fingerprint, seconds, scroll, clicks);

        // then
        soon(() -> {
            var row = session(visit);
            assertThat(row.path("duration_seconds").asLong()).isEqualTo(seconds);
            assertThat(row.path("max_scroll_percent").asDouble()).isEqualTo(scroll);
            assertThat(row.path("clicks").asInt()).isEqualTo(clicks);
            assertThat(row.path("return_visits").asInt()).isEqualTo(returns);
            assertThat(row.path("engagement_score").asInt()).isEqualTo(score);
            assertThat(row.path("engagement_label").asString()).isEqualTo(label);
        });
    }

    @Test
    void aLeadCarriesTheEngagementOfItsSession() {
        // given
        var visit = visit("scored", 180, 80, 10);
        String email = "scored-visitor@example.com";

        // when
        site.capture(
                "{\"email\":\"%s\",\"visitor_id\":\"%s\",\"session_id\":\"%s\"}"
                        .formatted(
                                email,
                                visit.path("visitor_id").asString(),
                                visit.path("session_id").asString()));

        // then
        soon(() -> {
            var lead = site.lead(email);
            assertThat(lead.path("engagement_score").asInt(-1)).isEqualTo(52);
            assertThat(lead.path("engagement_label").asString("")).isEqualTo("Hot");
            var detail = site.read("/analytics/leads/" + lead.path("lead_id").asString());
            assertThat(detail.path("session_duration_seconds").asLong()).isEqualTo(180);
            assertThat(detail.path("sessions").size()).isEqualTo(1);
        });
    }

    @Test
    void rawSessionEventsLieInTheObjectStore() {
        // given
        var visit = visit("archived", 30, 10, 1);
        String folder =
                "sessions/%s/%s/"
                        .formatted(
                                DateTimeFormatter.ofPattern("yyyy/MM/dd")
                                        .withZone(ZoneOffset.UTC)
                                        .format(startedAt(visit)),
                                visit.path("session_id").asString());

        // then
        await().atMost(Duration.ofMinutes(4))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var names = new ObjectStore(platform).names(folder);
                    assertThat(names).contains(folder + "meta.json");
                    assertThat(names)
                            .anyMatch(name -> name.matches(folder + "events/[^/-]+-[^/]+\\.json"));
                });
    }

    @Test
    void whoAsksWhatIsKnownGetsItInAFile(@TempDir Path folder) throws Exception {
        // given
        var visit = visit("asking", 30, 10, 1);
        String session = visit.path("session_id").asString();
        String email = "asking-visitor@example.com";
        site.capture(
                "{\"email\":\"%s\",\"visitor_id\":\"%s\",\"session_id\":\"%s\"}"
                        .formatted(email, visit.path("visitor_id").asString(), session));
        site.capture("{\"email\":\"somebody-else@example.com\"}");
        soon(() -> assertThat(site.lead(email).path("session_id").asString()).isEqualTo(session));
        soon(() -> assertThat(site.lead("somebody-else@example.com").isMissingNode()).isFalse());
        soon(() -> assertThat(session(visit).path("clicks").asInt()).isEqualTo(1));
        Path file = folder.resolve("person.zip");

        // then: objects are written a little later
        await().atMost(Duration.ofMinutes(4))
                .untilAsserted(() -> {
                    assertThat(
                                    Export.run(
                                            List.of(
                                                    "--email",
                                                    email,
                                                    "--out",
                                                    file.toString(),
                                                    "--force",
                                                    "--data",
                                                    platform.data().toString())))
                            .isZero();
                    try (var zip = new ZipFile(file.toFile())) {
                        assertThat(zip.stream().map(ZipEntry::getName))
                                .contains("person.json", "index.html")
                                .anyMatch(name ->
                                        name.startsWith("recordings/sessions/")
                                                && name.contains(session + "/events/"));
                    }
                });
        try (var zip = new ZipFile(file.toFile());
                var json = zip.getInputStream(zip.getEntry("person.json"))) {
            assertThat(new String(json.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(email, session, "\"webhooks\"")
                    .doesNotContain("somebody-else", platform.adminKey());
        }
    }

    private static JsonNode start(String fingerprint) {
        return site.call(
                "/track/session/start",
                "{\"fingerprint_id\":\"%s\",\"page\":\"/\",\"site_key\":\"%s\"}"
                        .formatted(fingerprint, site.key()));
    }

    /// A visit whose newest event is so many seconds after its start.
    private static JsonNode visit(String fingerprint, int seconds, int scroll, int clicks) {
        var started = start(fingerprint);
        String id = started.path("session_id").asString();
        long at = startedAt(started).toEpochMilli();
        var events = new ArrayList<String>();
        events.add("{\"event_type\":\"page_view\",\"page\":\"/\",\"timestamp\":%d}".formatted(at));
        for (int i = 0; i < clicks; i++) {
            events.add(
                    "{\"event_type\":\"click\",\"page\":\"/\",\"timestamp\":%d}".formatted(at + 1));
        }
        events.add(
                "{\"event_type\":\"scroll\",\"page\":\"/\",\"scroll_percent\":%d,\"timestamp\":%d}"
                        .formatted(scroll, at + seconds * 1000L));
        var answer =
                site.call(
                        "/track/events/batch",
                        "{\"session_id\":\"%s\",\"events\":[%s]}"
                                .formatted(id, String.join(",", events)));
        assertThat(answer.path("accepted").asInt()).isEqualTo(events.size());
        return started;
    }

    private static Instant startedAt(JsonNode started) {
        var at = started.path("session_started_at");
        return at.isNumber() ? Instant.ofEpochMilli(at.asLong()) : Instant.parse(at.asString());
    }

    private static JsonNode session(JsonNode visit) {
        for (var row :
                site.read("/replay/sessions?visitor_id=" + visit.path("visitor_id").asString())
                        .path("items")) {
            if (row.path("session_id").equals(visit.path("session_id"))) {
                return row;
            }
        }
        throw new AssertionError("the session is not there");
    }
}
