package io.headwater.command.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.SettingsTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeadSettingsTest {

    @Test
    void aDayByDefaultAndAnythingOnRequest() {
        assertThat(settings(Map.of())).isEqualTo(new LeadSettings(Duration.ofHours(24)));
        assertThat(settings(Map.of("LEAD_REENGAGE_HOURS", "48")))
                .isEqualTo(new LeadSettings(Duration.ofHours(48)));
    }

    @Test
    void tooShortIsSaidAtTheStart() {
        assertThatThrownBy(() -> settings(Map.of("headwater.lead.reengage-after", "1s")))
                .hasStackTraceContaining(
                        "headwater.lead.reengage-after must be at least 2 seconds");
    }

    private static LeadSettings settings(Map<String, Object> given) {
        return SettingsTest.binder(given).bind("headwater.lead", LeadSettings.class).get();
    }
}
