package io.headwater.jobs.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.jobs.SettingsTest;
import java.time.Duration;
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
                                Duration.ofSeconds(30)));
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
                                        "3s")))
                .isEqualTo(
                        new LogArchiveSettings(
                                "again",
                                10,
                                DataSize.ofKilobytes(1),
                                Duration.ofSeconds(1),
                                2,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3)));
    }

    private static LogArchiveSettings bound(Map<String, Object> given) throws Exception {
        return SettingsTest.binder(given)
                .bind("headwater.log-archive", LogArchiveSettings.class)
                .get();
    }
}
