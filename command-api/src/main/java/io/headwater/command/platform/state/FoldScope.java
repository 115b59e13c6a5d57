package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.Expiries;
import io.headwater.command.platform.axon.Folded;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The stores of one partition, while they are made from events.
public interface FoldScope<E> {

    /// One of [io.headwater.command.platform.axon.Decider#stores].
    <T extends SpecificRecord> KeyValueStore<String, T> store(String what);

    /// @return null when there is none
    @Nullable Folded<E> entity(String id);

    Expiries expiries();
}
