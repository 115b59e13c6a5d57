package io.headwater.jobs.replay;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// How visits are archived.
///
/// @param groupId consumer group: another one archives from the beginning
/// @param linger longest that an event waits for company in its object
/// @param maxRecords a batch this long is written at once
/// @param parallelPuts puts at the same time
/// @param shortestBackoff wait after the first failed round of puts; doubles
/// @param longestBackoff where doubling ends
@Validated
@ConfigurationProperties("headwater.archive")
public record ArchiveSettings(
        @NotBlank String groupId,
        Duration linger,
        @Min(1) @Max(100_000) int maxRecords,
        @Min(1) int parallelPuts,
        Duration shortestBackoff,
        Duration longestBackoff) {}
