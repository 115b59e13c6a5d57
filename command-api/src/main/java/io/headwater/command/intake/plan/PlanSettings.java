package io.headwater.command.intake.plan;

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// How plans over many submissions run.
///
/// @param poll how often an instance looks for a plan that nobody works on
/// @param lease how long a plan of an instance that died waits for another one
/// @param defaultRate steps per second where a plan says nothing
/// @param maxRate most steps per second of a plan
/// @param maxItems most submissions of a plan
/// @param keep how long a plan that is over can still be looked at
@Validated
@ConfigurationProperties("headwater.plans")
public record PlanSettings(
        Duration poll,
        Duration lease,
        @DecimalMin("0.01") double defaultRate,
        @DecimalMin("0.01") double maxRate,
        @Min(1) int maxItems,
        Duration keep) {}
