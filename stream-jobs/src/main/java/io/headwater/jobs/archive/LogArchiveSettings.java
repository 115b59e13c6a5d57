package io.headwater.jobs.archive;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
/// @param keep a range goes when its newest record is older than this; null: never
/// @param keepTopics of which ranges go; all others are kept for ever
/// @param keepEvery how often ranges are looked for that go
@Validated
@ConfigurationProperties("headwater.log-archive")
public record LogArchiveSettings(
        @NotBlank String groupId,
        @Min(1) long rangeOffsets,
        DataSize rangeBytes,
        Duration rangeAge,
        @Min(1) int parallelUploads,
        Duration shortestBackoff,
        Duration longestBackoff,
        @Nullable Duration keep,
        List<String> keepTopics,
        Duration keepEvery) {

    public LogArchiveSettings {
        keepTopics = List.copyOf(keepTopics);
        if (keep != null && !keep.isPositive()) {
            throw new IllegalArgumentException("keep is positive, or empty for ever: " + keep);
        }
    }

    /// @return null: for ever
    @Nullable Duration keep(String topic) {
        return keepTopics.contains(topic) ? keep : null;
    }
}
