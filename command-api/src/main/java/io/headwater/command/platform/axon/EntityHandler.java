package io.headwater.command.platform.axon;

import io.headwater.command.platform.Refused;
import org.jspecify.annotations.Nullable;

/// Lets one entity type decide on the calling thread, over one partition's store.
public interface EntityHandler extends AutoCloseable {

    /// Decides one command, start to end, before it returns.
    ///
    /// @return what the entity's handler returned
    /// @throws Refused when a rule said no: an answer
    /// @throws RuntimeException anything else: a fault, the transaction must not commit
    @Nullable Object handle(String commandId, Object command);

    @Override
    void close();

    /// Makes one per task.
    @FunctionalInterface
    interface Factory<E> {
        EntityHandler over(Class<E> entity, FoldedStore<E> store, EventOutlet outlet);
    }
}
