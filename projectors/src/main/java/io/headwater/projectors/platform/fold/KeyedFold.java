package io.headwater.projectors.platform.fold;

import io.headwater.projectors.platform.SourcePosition;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/// The fold of a projection without Kafka Streams, over the events of one key and in memory: the
/// code that runs in its topology, not another one.
@FunctionalInterface
public interface KeyedFold {

    /// Events come in the order of the log.
    ///
    /// @param recordKey key of the event on its topic
    /// @return rows that it changes, in the order in which the topology writes them
    /// @throws RuntimeException when the event does not follow on those before: as in the topology,
    ///   where it becomes a dead letter, it leaves no trace
    List<SpecificRecord> fold(String recordKey, SpecificRecord event, SourcePosition position);
}
