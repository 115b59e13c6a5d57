package io.headwater.command.platform.state;

import io.headwater.archive.s3.Bucket;
import io.headwater.schema.Brokers;
import org.jspecify.annotations.Nullable;

/// Where a decider's events are, and what is asked of them.
///
/// @param archive of the event topics, read where Kafka does not have all events any more; null:
///   there is none
/// @param withGaps goes on although events are gone: what they told is then missing
public record EventSource(Brokers brokers, @Nullable Bucket archive, boolean withGaps) {

    /// Kafka alone, and every event.
    public static EventSource kafka(Brokers brokers) {
        return new EventSource(brokers, null, false);
    }
}
