package io.headwater.jobs.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.jobs.SettingsTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class LogArchiveSettingsTest {

    @Test
    void defaultsAreAsDocumented() throws Exception {
        assertThat(bound(Map.of()))
                .isEqualTo(
                        new LogArchiveSettings(
                                "stream-jobs-log-archive",
                                50_000,
                                DataSize.ofMegabytes(16),
                                Duration.ofMinutes(5),
                                4,
                                Duration.ofMillis(250),
                                Duration.ofSeconds(30),
                                null,
                                List.of(
                                        "intake.webhooks.v1",
                                        "intake.hydrations.v1",
                                        "tracking.events.v1"),
                                Duration.ofHours(1)));
    }

    @Test
    void everyKeyCanBeSet() throws Exception {
        assertThat(
                        bound(
                                Map.of(
                                        "headwater.log-archive.group-id",
                                        "again",
                                        "headwater.log-archive.range-offsets",
                                        "10",
                                        "headwater.log-archive.range-bytes",
                                        "1KB",
                                        "headwater.log-archive.range-age",
                                        "1s",
                                        "headwater.log-archive.parallel-uploads",
                                        "2",
                                        "headwater.log-archive.shortest-backoff",
                                        "2s",
                                        "headwater.log-archive.longest-backoff",
                                        "3s",
                                        "headwater.log-archive.keep",
                                        "400d",
                                        "headwater.log-archive.keep-topics",
                                        "a,b",
                                        "headwater.log-archive.keep-every",
                                        "2m")))
                .isEqualTo(
                        new LogArchiveSettings(
                                "again",
                                10,
                                DataSize.ofKilobytes(1),
                                Duration.ofSeconds(1),
                                2,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofDays(400),
                                List.of("a", "b"),
                                Duration.ofMinutes(2)));
    }

    @Test
    void nothingGoesOfTopicsThatAreNotNamed() throws Exception {
        var settings = bound(Map.of("headwater.log-archive.keep", "400d"));

        assertThat(settings.keep("tracking.events.v1")).isEqualTo(Duration.ofDays(400));
        for (String topic : List.of("lead.events.v1", "access.events.v1", "intake.receipts.v1")) {
            assertThat(settings.keep(topic)).as(topic).isNull();
        }
        assertThat(bound(Map.of()).keep("tracking.events.v1")).isNull();
        assertThatThrownBy(() -> bound(Map.of("headwater.log-archive.keep", "0s")))
                .hasRootCauseMessage("keep is positive, or empty for ever: PT0S");
    }

    private static LogArchiveSettings bound(Map<String, Object> given) throws Exception {
        return SettingsTest.binder(given)
                .bind("headwater.log-archive", LogArchiveSettings.class)
                .get();
    }
}
