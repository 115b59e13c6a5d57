package io.headwater.command.access.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.SettingsTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessSettingsTest {

    @Test
    void nobodyAdministersByDefault() {
        assertThat(settings(Map.of()))
                .isEqualTo(
                        new AccessSettings(
                                "", "", Duration.ofSeconds(2), List.of("localhost", "127.0.0.1")));
    }

    @Test
    void everyKeyCanBeSet() {
        assertThat(
                        settings(
                                Map.of(
                                        "headwater.access.admin-api-key", "a",
                                        "headwater.access.marketing-api-key", "m",
                                        "headwater.access.decision-wait", "1s",
                                        "headwater.access.main-domains", "example.org")))
                .isEqualTo(
                        new AccessSettings(
                                "a", "m", Duration.ofSeconds(1), List.of("example.org")));
    }

    @Test
    void hostsAreComparedInLowerCase() {
        assertThat(
                        settings(Map.of("MAIN_SITE_DOMAINS", "Example.org, .Example.NET,"))
                                .mainDomains())
                .containsExactly("example.org", ".example.net");
    }

    @Test
    void keysAreNotInItsText() {
        assertThat(settings(Map.of("headwater.access.admin-api-key", "secret")).toString())
                .doesNotContain("secret");
    }

    private static AccessSettings settings(Map<String, Object> given) {
        return SettingsTest.binder(given).bind("headwater.access", AccessSettings.class).get();
    }
}
