package io.headwater.command.intake.hydration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.SettingsTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HydrationSettingsTest {

    @Test
    void defaultsAndKeys() {
        assertThat(settings(Map.of()))
                .isEqualTo(
                        new HydrationSettings(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(15),
                                Duration.ofDays(3),
                                Duration.ofHours(6),
                                4));
        assertThat(
                        settings(
                                Map.of(
                                        "HYDRATION_TIMEOUT", "1s",
                                        "HYDRATION_FIRST_RETRY", "2s",
                                        "HYDRATION_LONGEST_RETRY", "3s",
                                        "HYDRATION_GIVE_UP_AFTER", "5s",
                                        "HYDRATION_DENIED_FOR", "4s",
                                        "HYDRATION_PER_SOURCE", "6")))
                .isEqualTo(
                        new HydrationSettings(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(4),
                                6));
    }

    @ParameterizedTest
    @CsvSource({
        "timeout, 0s",
        "timeout, 6m",
        "first-retry, 16m",
        "longest-retry, -1s",
        "give-up-after, 7d",
        "denied-for, 4d"
    })
    void whatCannotBeIsSaidAtTheStart(String key, String value) {
        String property = "headwater.hydration." + key;

        assertThatThrownBy(() -> settings(Map.of(property, value)))
                .hasStackTraceContaining(property + " must be positive");
    }

    private static HydrationSettings settings(Map<String, Object> given) {
        return SettingsTest.binder(given)
                .bind("headwater.hydration", HydrationSettings.class)
                .get();
    }
}
