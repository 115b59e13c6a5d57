package io.headwater.jobs.archive;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How the event topics are archived.
///
/// @param groupId consumer group that shares the partitions among instances; where to go on stands
///   in the archive itself
/// @param rangeOffsets ranges end at multiples of this offset
/// @param rangeBytes and before they have more bytes than this, uncompressed
/// @param rangeAge a range is closed when its first record was read this long ago: what may be lost
///   with Kafka, at most
/// @param parallelUploads ranges on their way at the same time
/// @param shortestBackoff wait after a first failure; doubles
/// @param longestBackoff where doubling ends
@Validated
@ConfigurationProperties("headwater.log-archive")
public record LogArchiveSettings(
        @NotBlank String groupId,
        @Min(1) long rangeOffsets,
        DataSize rangeBytes,
        Duration rangeAge,
        @Min(1) int parallelUploads,
        Duration shortestBackoff,
        Duration longestBackoff) {}
