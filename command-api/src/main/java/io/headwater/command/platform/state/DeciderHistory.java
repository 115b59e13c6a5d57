package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.Decider;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/// A decider and what its events say of its stores.
///
/// @param ended which entries of the feature's stores count no more, although nobody forgot them
///   yet: they may be there or not
public record DeciderHistory<E, S extends SpecificRecord>(
        Decider<E, ?, S> decider, StateFold.Factory<E> fold, Ended ended) {

    @FunctionalInterface
    public interface Ended {
        /// @param store one of [Decider#stores]
        boolean at(Instant now, String store, SpecificRecord value);
    }

    /// For example `lead`.
    public String name() {
        return decider.spec().name();
    }
}
