package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.Answer;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What a feature's events say about its stores, over one partition, in the order of the log; the
/// rules that led to the events are not asked again.
///
/// @param <E> the entity
public interface StateFold<E> {

    /// @param before null: not there yet
    /// @return the entity after its event; null: the event is about none
    /// @throws IllegalStateException when such an event cannot come now: some are missing before it
    @Nullable E entity(@Nullable E before, SpecificRecord event);

    /// Puts into all other stores what the event says, once the entity is folded.
    ///
    /// @param key of the record: that of its command
    /// @param before what the earlier events of the same command say of its answer; null: it is the
    ///   first
    /// @return what the command was answered, as far as events tell
    Answer rest(String key, SpecificRecord event, @Nullable Answer before);

    /// As [io.headwater.command.platform.axon.Rules#forget].
    void forget(String kind, String key, Instant now);

    @FunctionalInterface
    interface Factory<E> {
        StateFold<E> open(FoldScope<E> scope);
    }
}
