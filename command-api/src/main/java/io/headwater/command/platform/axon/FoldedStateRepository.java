package io.headwater.command.platform.axon;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.EventSourcedEntityFactory;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.modelling.EntityEvolver;
import org.axonframework.modelling.repository.ManagedEntity;
import org.axonframework.modelling.repository.Repository;

/// Entities by their folded state instead of their events: one get and at most one put per command,
/// however long the history is.
///
/// The state moves with every appended event, by the entity's own handlers, and is written when the
/// unit of work prepares to commit. What makes that safe is around it: store, events and input
/// offset belong to one Kafka transaction.
final class FoldedStateRepository<E> implements Repository.LifecycleManagement<String, E> {

    private final Class<E> type;
    private final FoldedStore<E> store;
    private final EventStore events;
    private final EventSourcedEntityFactory<String, E> creator;
    private final EntityEvolver<E> evolver;

    FoldedStateRepository(
            Class<E> type,
            FoldedStore<E> store,
            EventStore events,
            EventSourcedEntityFactory<String, E> creator,
            EntityEvolver<E> evolver) {
        this.type = type;
        this.store = store;
        this.events = events;
        this.creator = creator;
        this.evolver = evolver;
    }

    /// An entity that is not there yet is no failure here: the command's handlers tell whether it
    /// may be missing.
    @Override
    public CompletableFuture<ManagedEntity<String, E>> load(String id, ProcessingContext context) {
        return loadOrCreate(id, context);
    }

    @Override
    public CompletableFuture<ManagedEntity<String, E>> loadOrCreate(
            String id, ProcessingContext context) {
        return CompletableFuture.completedFuture(attach(new Loaded<>(id, store.get(id)), context));
    }

    @Override
    public ManagedEntity<String, E> attach(
            ManagedEntity<String, E> entity, ProcessingContext context) {
        var loaded = (Loaded<E>) entity;
        if (context.putResourceIfAbsent(Loaded.KEY, loaded) != null) {
            throw new IllegalStateException("one command decides about one entity");
        }
        events.transaction(context).onAppend(event -> evolve(loaded, event, context));
        context.runOnPrepareCommit(_ -> {
            if (loaded.changed()) {
                store.put(loaded.id, loaded.folded());
            }
        });
        return loaded;
    }

    private void evolve(Loaded<E> loaded, EventMessage event, ProcessingContext context) {
        var next =
                loaded.exists()
                        ? evolver.evolve(loaded.entity(), event, context)
                        : creator.create(loaded.id, event, context);
        loaded.evolved(Objects.requireNonNull(next));
    }

    @Override
    public ManagedEntity<String, E> persist(String id, E entity, ProcessingContext context) {
        throw new UnsupportedOperationException("entities come from events only");
    }

    @Override
    public Class<E> entityType() {
        return type;
    }

    @Override
    public Class<String> idType() {
        return String.class;
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("entity", type);
    }
}
