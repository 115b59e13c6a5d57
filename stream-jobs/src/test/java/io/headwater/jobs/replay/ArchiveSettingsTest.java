package io.headwater.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.jobs.SettingsTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchiveSettingsTest {

    @Test
    void defaultsAreAsDocumented() throws Exception {
        assertThat(bound(Map.of()))
                .isEqualTo(
                        new ArchiveSettings(
                                "stream-jobs-session-archive",
                                Duration.ofSeconds(5),
                                2000,
                                16,
                                Duration.ofMillis(250),
                                Duration.ofSeconds(30)));
    }

    @Test
    void everyKeyCanBeSet() throws Exception {
        assertThat(
                        bound(
                                Map.of(
                                        "headwater.archive.group-id",
                                        "again",
                                        "headwater.archive.linger",
                                        "1s",
                                        "headwater.archive.max-records",
                                        "10",
                                        "headwater.archive.parallel-puts",
                                        "2",
                                        "headwater.archive.shortest-backoff",
                                        "1s",
                                        "headwater.archive.longest-backoff",
                                        "2s")))
                .isEqualTo(
                        new ArchiveSettings(
                                "again",
                                Duration.ofSeconds(1),
                                10,
                                2,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2)));
    }

    private static ArchiveSettings bound(Map<String, Object> given) throws Exception {
        return SettingsTest.binder(given).bind("headwater.archive", ArchiveSettings.class).get();
    }
}
