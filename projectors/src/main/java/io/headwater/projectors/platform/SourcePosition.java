package io.headwater.projectors.platform;

import org.apache.kafka.streams.processor.api.RecordMetadata;

/// Where a source record stands; the newest one folded into a row is kept in the row.
public record SourcePosition(int partition, long offset) {

    public static SourcePosition of(RecordMetadata metadata) {
        return new SourcePosition(metadata.partition(), metadata.offset());
    }

    /// For rows that several partitions add to: the higher offset, then the higher partition, so
    /// that the order of adding does not show.
    public SourcePosition newest(SourcePosition other) {
        if (offset != other.offset) {
            return offset > other.offset ? this : other;
        }
        return partition > other.partition ? this : other;
    }
}
