package io.headwater.command.lead.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.SettingsTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadHttpSettingsTest {

    private static LeadHttpSettings settings(Map<String, Object> given) {
        return SettingsTest.binder(given).bind("headwater.lead-http", LeadHttpSettings.class).get();
    }

    @Test
    void withoutASecretNobodyCallsBack() {
        assertThat(settings(Map.of()))
                .isEqualTo(new LeadHttpSettings(Duration.ofSeconds(5), "", ""));
    }

    @Test
    void everyKeyCanBeSetAndNoSecretIsShown() {
        var settings =
                settings(
                        Map.of(
                                "headwater.lead-http.decision-wait", "1s",
                                "headwater.lead-http.callback-secret", "one",
                                "headwater.lead-http.webhook-secret", "two"));
        assertThat(settings).isEqualTo(new LeadHttpSettings(Duration.ofSeconds(1), "one", "two"));
        assertThat(settings.toString()).doesNotContain("one", "two");
    }
}
