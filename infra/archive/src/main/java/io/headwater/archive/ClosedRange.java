package io.headwater.archive;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// What is to be published: a manifest and the object it names.
///
/// @param object null when no record is in these offsets
public record ClosedRange(Manifest manifest, byte @Nullable [] object) {

    /// For offsets whose records are gone before anybody archived them: said in the chain, so that
    /// nobody takes the hole for markers of transactions.
    ///
    /// @param previous SHA-256 of the newest manifest
    /// @param why for people
    public static ClosedRange lost(
            TopicPartition partition, long first, long next, String previous, String why) {
        return new ClosedRange(
                new Manifest(
                        Manifest.FORMAT,
                        partition.topic(),
                        partition.partition(),
                        first,
                        next - 1,
                        next,
                        0,
                        0,
                        null,
                        null,
                        java.util.List.of(),
                        null,
                        null,
                        why,
                        previous),
                null);
    }
}
