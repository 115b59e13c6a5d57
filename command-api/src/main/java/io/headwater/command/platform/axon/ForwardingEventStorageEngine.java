package io.headwater.command.platform.axon;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/// Numbers the events of an entity and hands them on; stores nothing and is never read: consumers
/// read the topic, and the repository keeps the fold.
final class ForwardingEventStorageEngine implements EventStorageEngine {

    private final EventOutlet outlet;

    ForwardingEventStorageEngine(EventOutlet outlet) {
        this.outlet = outlet;
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition,
            @Nullable ProcessingContext context,
            List<TaggedEventMessage<?>> events) {
        var loaded = context == null ? null : context.getResource(Loaded.KEY);
        if (loaded == null) {
            throw new IllegalStateException("events without an entity");
        }
        return CompletableFuture.completedFuture(new Forward(loaded, List.copyOf(events)));
    }

    private final class Forward implements AppendTransaction<ConsistencyMarker> {

        private final Loaded<?> loaded;
        private final List<TaggedEventMessage<?>> events;

        Forward(Loaded<?> loaded, List<TaggedEventMessage<?>> events) {
            this.loaded = loaded;
            this.events = events;
        }

        @Override
        public CompletableFuture<ConsistencyMarker> commit(@Nullable ProcessingContext context) {
            long sequence = loaded.versionAtLoad;
            for (var event : events) {
                outlet.accept(
                        loaded.id, ++sequence, Objects.requireNonNull(event.event().payload()));
            }
            return CompletableFuture.completedFuture(ConsistencyMarker.ORIGIN);
        }

        @Override
        public void rollback(@Nullable ProcessingContext context) {}

        @Override
        public CompletableFuture<ConsistencyMarker> afterCommit(
                ConsistencyMarker marker, @Nullable ProcessingContext context) {
            return CompletableFuture.completedFuture(marker);
        }
    }

    @Override
    public MessageStream<EventMessage> source(
            SourcingCondition condition, @Nullable ProcessingContext context) {
        throw neverRead();
    }

    @Override
    public MessageStream<EventMessage> stream(
            StreamingCondition condition, @Nullable ProcessingContext context) {
        throw neverRead();
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        throw neverRead();
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        throw neverRead();
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(
            Instant at, @Nullable ProcessingContext context) {
        throw neverRead();
    }

    private static UnsupportedOperationException neverRead() {
        return new UnsupportedOperationException("events are read from their topic");
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("outlet", outlet);
    }
}
