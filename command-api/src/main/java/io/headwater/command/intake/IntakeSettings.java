package io.headwater.command.intake;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.LocalDate;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// How submissions are taken.
///
/// @param decisionWait longest wait of `/lead.capture` for the decision, unless the caller prefers
///   another; then 202
/// @param duplicateWindow how long the same body from the same form or integration is a duplicate,
///   at most 366 days; zero: bodies are never compared. Webhook sources have their own
/// @param idempotencyWindow how long an `Idempotency-Key` is remembered, 1 second to 366 days
/// @param sunset when `/lead` and `/` go away
/// @param maxItems most submissions and facts in one request
/// @param auditsPerSecond most refused requests kept as metadata per second; the rest is counted
///   only
@Validated
@ConfigurationProperties("headwater.intake")
public record IntakeSettings(
        Duration decisionWait,
        Duration duplicateWindow,
        Duration idempotencyWindow,
        LocalDate sunset,
        @Min(1) int maxItems,
        @Min(0) int auditsPerSecond) {

    /// As long as the decider takes; a longer one would put every submission aside.
    private static final Duration LONGEST = Duration.ofDays(366);

    /// A part of a second is none to the decider, which counts in seconds, and none is for ever.
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /// @throws IllegalArgumentException when a window is out of range
    public IntakeSettings {
        if (!duplicateWindow.isZero()) {
            requireWindow("duplicate-window", "0 or ", duplicateWindow);
        }
        requireWindow("idempotency-window", "", idempotencyWindow);
    }

    private static void requireWindow(String key, String or, Duration window) {
        if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "headwater.intake.%s must be %s1 second to 366 days, not %s"
                            .formatted(key, or, window));
        }
    }
}
