package io.headwater.projectors.platform.fold;

import io.headwater.projectors.platform.SourcePosition;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A projection's fold without Kafka Streams: the code that runs in its topology, not another one.
/// Over the events of one partition of each source, or of one key.
@FunctionalInterface
public interface Fold {

    /// Events come in the order of their log.
    ///
    /// @param recordKey key of the event on its topic; null when it has none
    /// @return rows that it changes, in the order in which the topology writes them
    /// @throws RuntimeException when the event does not follow on those before: as in the topology,
    ///   where it becomes a dead letter, it leaves no trace
    List<? extends SpecificRecord> fold(
            @Nullable String recordKey, SpecificRecord event, SourcePosition position);
}
