package io.headwater.jobs.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.jobs.SettingsTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadScoreSettingsTest {

    @Test
    void defaultsAreAsDocumented() throws Exception {
        assertThat(bound(Map.of()))
                .isEqualTo(
                        new LeadScoreSettings(
                                "stream-jobs-lead-score",
                                "view.sessions.g1",
                                Duration.ofHours(24),
                                Duration.ofDays(90)));
    }

    @Test
    void everyKeyCanBeSet() throws Exception {
        assertThat(
                        bound(
                                Map.of(
                                        "headwater.lead-score.application-id",
                                        "score-2",
                                        "headwater.lead-score.sessions-topic",
                                        "view.sessions.g2",
                                        "headwater.lead-score.follow-for",
                                        "1h",
                                        "headwater.lead-score.forget-after",
                                        "7d")))
                .isEqualTo(
                        new LeadScoreSettings(
                                "score-2",
                                "view.sessions.g2",
                                Duration.ofHours(1),
                                Duration.ofDays(7)));
    }

    private static LeadScoreSettings bound(Map<String, Object> given) throws Exception {
        return SettingsTest.binder(given)
                .bind("headwater.lead-score", LeadScoreSettings.class)
                .get();
    }
}
