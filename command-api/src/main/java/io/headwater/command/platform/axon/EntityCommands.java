package io.headwater.command.platform.axon;

import io.headwater.command.platform.Refused;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.common.configuration.Configuration;
import org.axonframework.eventsourcing.annotation.reflection.AnnotationBasedEventSourcedEntityFactory;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.GenericMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.MessageTypeResolver;
import org.axonframework.messaging.core.annotation.AnnotationMessageTypeResolver;
import org.axonframework.messaging.core.annotation.ParameterResolverFactory;
import org.axonframework.messaging.core.conversion.MessageConverter;
import org.axonframework.messaging.eventhandling.conversion.EventConverter;
import org.axonframework.modelling.annotation.AnnotationBasedEntityIdResolver;
import org.axonframework.modelling.configuration.StateBasedEntityModule;
import org.axonframework.modelling.entity.EntityMissingForInstanceCommandHandlerException;
import org.axonframework.modelling.entity.annotation.AnnotatedEntityIdResolver;
import org.axonframework.modelling.entity.annotation.AnnotatedEntityMetamodel;
import org.jspecify.annotations.Nullable;

/// One entity type, ready to decide on the calling thread: an Axon configuration of its own over
/// one partition's store.
///
/// Built per Streams task (10–90 ms warm), so nothing is shared between threads.
final class EntityCommands<E> implements EntityHandler {

    private static final String UPDATE_CHECKER =
            "org.axonframework.update.UpdateCheckerConfigurationEnhancer";

    private final AxonConfiguration axon;
    private final CommandBus bus;
    private final MessageTypeResolver types;
    private final String noun;

    EntityCommands(Class<E> entity, FoldedStore<E> store, EventOutlet outlet) {
        types = new CachedTypes();
        noun = entity.getSimpleName().toLowerCase(Locale.ROOT);
        axon =
                EventSourcingConfigurer.create()
                        .componentRegistry(registry ->
                                registry.disableEnhancer(UPDATE_CHECKER)
                                        .registerComponent(MessageTypeResolver.class, _ -> types))
                        .registerEventStorageEngine(_ -> new ForwardingEventStorageEngine(outlet))
                        // tags select events to source from; nothing is sourced
                        .registerTagResolver(_ -> _ -> Set.of())
                        .registerEntity(module(entity, store))
                        .build();
        axon.start();
        bus = axon.getComponent(CommandBus.class);
    }

    private static <E> StateBasedEntityModule<String, E> module(
            Class<E> entity, FoldedStore<E> store) {
        return StateBasedEntityModule.declarative(String.class, entity)
                .repository(c ->
                        new FoldedStateRepository<>(
                                entity,
                                store,
                                c.getComponent(EventStore.class),
                                new AnnotationBasedEventSourcedEntityFactory<>(
                                        entity,
                                        String.class,
                                        c.getComponent(ParameterResolverFactory.class),
                                        c.getComponent(MessageTypeResolver.class),
                                        c.getComponent(EventConverter.class)),
                                metamodel(entity, c)))
                .messagingModel((c, _) -> metamodel(entity, c))
                .entityIdResolver(c ->
                        new AnnotatedEntityIdResolver<>(
                                metamodel(entity, c),
                                String.class,
                                c.getComponent(MessageConverter.class),
                                new AnnotationBasedEntityIdResolver<>()));
    }

    private static <E> AnnotatedEntityMetamodel<E> metamodel(Class<E> entity, Configuration c) {
        return AnnotatedEntityMetamodel.forConcreteType(
                entity,
                c.getComponent(ParameterResolverFactory.class),
                c.getComponent(MessageTypeResolver.class),
                c.getComponent(MessageConverter.class),
                c.getComponent(EventConverter.class));
    }

    @Override
    public @Nullable Object handle(String commandId, Object command) {
        var message =
                new GenericCommandMessage(
                        new GenericMessage(
                                commandId, types.resolveOrThrow(command), command, Map.of()));
        var answer = bus.dispatch(message, null);
        if (!answer.isDone()) {
            throw new IllegalStateException("the entity did not decide on the stream thread");
        }
        try {
            return answer.join().payload();
        } catch (CompletionException failed) {
            throw cause(failed);
        }
    }

    private RuntimeException cause(Throwable failed) {
        for (Throwable at = failed; at != null; at = at.getCause()) {
            if (at instanceof Refused refused) {
                return refused;
            }
            if (at instanceof EntityMissingForInstanceCommandHandlerException) {
                return new Refused(
                        Refused.Reason.UNKNOWN,
                        "unknown-" + noun,
                        "There is no " + noun + " with this id.");
            }
        }
        return failed.getCause() instanceof RuntimeException known
                ? known
                : new IllegalStateException("the entity failed", failed);
    }

    @Override
    public void close() {
        axon.shutdown();
    }

    /// Axon reflects on every message; once per class is enough (halves its cost).
    private static final class CachedTypes implements MessageTypeResolver {

        private final MessageTypeResolver uncached = new AnnotationMessageTypeResolver();
        private final Map<Class<?>, Optional<MessageType>> known = new ConcurrentHashMap<>();

        @Override
        public Optional<MessageType> resolve(Class<?> type) {
            return known.computeIfAbsent(type, uncached::resolve);
        }
    }
}
