package io.headwater.command.platform.axon;

import java.util.function.UnaryOperator;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.modelling.repository.ManagedEntity;
import org.jspecify.annotations.Nullable;

/// The one entity of a unit of work, from load to commit.
final class Loaded<E> implements ManagedEntity<String, E> {

    static final ResourceKey<Loaded<?>> KEY = ResourceKey.withLabel("headwater.loaded");

    final String id;
    final long versionAtLoad;
    private @Nullable E entity;
    private long appended;

    Loaded(String id, @Nullable Folded<E> folded) {
        this.id = id;
        this.entity = folded == null ? null : folded.entity();
        this.versionAtLoad = folded == null ? 0 : folded.version();
    }

    boolean exists() {
        return entity != null;
    }

    boolean changed() {
        return appended > 0;
    }

    void evolved(E next) {
        entity = next;
        appended++;
    }

    Folded<E> folded() {
        if (entity == null) {
            throw new IllegalStateException("entity " + id + " does not exist");
        }
        return new Folded<>(entity, versionAtLoad + appended);
    }

    @Override
    public String identifier() {
        return id;
    }

    @Override
    @SuppressWarnings("NullAway") // Axon's way to say "not there yet"
    public E entity() {
        return entity;
    }

    @Override
    @SuppressWarnings("NullAway")
    public E applyStateChange(UnaryOperator<E> change) {
        entity = change.apply(entity);
        return entity;
    }
}
