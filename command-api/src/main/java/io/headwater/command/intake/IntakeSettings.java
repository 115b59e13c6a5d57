package io.headwater.command.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.LocalDate;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// How submissions are taken.
///
/// @param decisionWait longest wait of `/lead.capture` for the decision; then 202
/// @param duplicateWindow how long the same body from the same form or integration is a duplicate;
///   webhook sources have their own
/// @param idempotencyWindow how long an `Idempotency-Key` is remembered
/// @param thankYouStatus of the redirect after a browser's form post: 301, 302 or 303
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
        @Min(301) @Max(303) int thankYouStatus,
        LocalDate sunset,
        @Min(1) int maxItems,
        @Min(0) int auditsPerSecond) {}
