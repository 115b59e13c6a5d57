package io.headwater.command.platform.axon;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/// What a feature decides, over one partition. One object per Streams task, used by one thread.
///
/// @param <V> the feature's events, inside
public interface Rules<V> {

    /// @throws IllegalArgumentException when it is no command of this feature, or one that
    ///   contradicts itself: it is put aside
    CommandHeader header(SpecificRecord command);

    /// @param decision takes the events; those that an entity appends are in it already when
    ///   [TaskScope#handle] returns
    /// @throws io.headwater.command.platform.Refused when a rule says no: an answer; no event may
    ///   have been appended then
    Answer decide(SpecificRecord command, Decision<V> decision);

    /// An entry that the feature gave to [Expiries] is due.
    void forget(String kind, String key, Instant now);

    @FunctionalInterface
    interface Factory<V> {
        Rules<V> open(TaskScope scope);
    }
}
