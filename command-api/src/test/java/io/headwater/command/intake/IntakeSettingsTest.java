package io.headwater.command.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.command.SettingsTest;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeSettingsTest {

    @Test
    void bodiesNeedNotBeCompared() {
        assertThat(settings(Map.of()).duplicateWindow()).hasMinutes(10);
        assertThat(settings(Map.of("LEAD_DUPLICATE_WINDOW", "0")).duplicateWindow())
                .isEqualTo(Duration.ZERO);
        assertThat(Dedup.bodyHash("hash", Duration.ofMillis(999))).isEqualTo(Dedup.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "duplicate-window, 500ms",
        "duplicate-window, -1s",
        "duplicate-window, 367d",
        "idempotency-window, 0",
        "idempotency-window, 500ms",
        "idempotency-window, 367d"
    })
    void aWindowOutOfRangeIsSaidAtTheStart(String key, String window) {
        String property = "headwater.intake." + key;

        assertThatThrownBy(() -> settings(Map.of(property, window)))
                .hasStackTraceContaining(property + " must be")
                .hasStackTraceContaining("1 second to 366 days");
    }

    private static IntakeSettings settings(Map<String, Object> given) {
        return SettingsTest.binder(given).bind("headwater.intake", IntakeSettings.class).get();
    }
}
