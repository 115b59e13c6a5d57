package io.headwater.command.platform.contact;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.SettingsTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContactSettingsTest {

    private static ContactSettings settings(Map<String, Object> given) {
        return SettingsTest.binder(given).bind("headwater.contact", ContactSettings.class).get();
    }

    @Test
    void everyKeyHasADefaultAndCanBeSet() {
        assertThat(settings(Map.of())).isEqualTo(new ContactSettings(Duration.ofSeconds(5)));
        assertThat(settings(Map.of("headwater.contact.decision-wait", "1s")))
                .isEqualTo(new ContactSettings(Duration.ofSeconds(1)));
    }
}
