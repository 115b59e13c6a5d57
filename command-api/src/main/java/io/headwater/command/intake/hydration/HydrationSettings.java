package io.headwater.command.intake.hydration;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// How a provider is asked for leads that it named.
///
/// @param timeout of connecting, and of one answer
/// @param firstRetry pause after the first failure; it doubles with each
/// @param longestRetry longest pause, unless the provider asks for a longer one
/// @param giveUpAfter the lead is quarantined when the provider was away for so long; at most six
///   days, for the decider tells a job done twice only as long as it keeps its results
/// @param deniedFor the same, when it refuses our token or request
/// @param perSource most requests of one source at the same time
@Validated
@ConfigurationProperties("headwater.hydration")
public record HydrationSettings(
        Duration timeout,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUpAfter,
        Duration deniedFor,
        @Min(1) int perSource) {

    private static final Duration LONGEST = Duration.ofDays(6);

    /// @throws IllegalArgumentException when a duration is out of range
    public HydrationSettings {
        require("timeout", timeout, Duration.ofMinutes(5));
        require("longest-retry", longestRetry, LONGEST);
        require("first-retry", firstRetry, longestRetry);
        require("give-up-after", giveUpAfter, LONGEST);
        require("denied-for", deniedFor, giveUpAfter);
    }

    private static void require(String key, Duration value, Duration most) {
        if (!value.isPositive() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "headwater.hydration.%s must be positive and at most %s, not %s"
                            .formatted(key, most, value));
        }
    }
}
