package io.headwater.command.platform.axon;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What the rules of one partition may use.
public interface TaskScope {

    /// A store named in [Decider#stores].
    <T extends SpecificRecord> KeyValueStore<String, T> store(String what);

    /// Whether the entity exists.
    boolean exists(String entityId);

    /// The entity as it stands after what was decided before.
    ///
    /// @return null when there is none
    /// @throws ClassCastException when it is not the decider's type
    <T> @Nullable Folded<T> entity(Class<T> type, String entityId);

    Expiries expiries();

    /// Lets the entity decide; its events are part of the current decision.
    ///
    /// @param command names its entity by `@TargetEntityId`
    /// @return what the handler returned
    @Nullable Object handle(Object command);
}
