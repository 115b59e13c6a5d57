package io.headwater.command.platform.axon;

import io.headwater.command.platform.Refused;
import io.headwater.events.command.CommandResult;
import java.time.Instant;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// One partition's stores, entity and rules, and how they answer a command.
final class DeciderTask<E, V, S extends SpecificRecord> implements TaskScope, AutoCloseable {

    private final Decider<E, V, S> decider;
    private final ProcessorContext<?, ?> context;
    private final FoldedStore<E> entities;
    private final KeyValueStore<String, CommandResult> results;
    private final Expiries expiries;
    private final EntityHandler handler;
    private final Rules<V> rules;
    private @Nullable Decision<V> current;

    DeciderTask(
            Decider<E, V, S> decider,
            EntityHandler.Factory<E> handlers,
            ProcessorContext<?, ?> context) {
        this.decider = decider;
        this.context = context;
        this.entities = entityStore(decider, context);
        this.results = store(Decider.RESULTS);
        this.expiries =
                new Expiries(
                        context,
                        context.getStateStore(decider.spec().store(Decider.EXPIRIES)),
                        this::forget);
        this.handler = handlers.over(decider.entity(), entities, this::append);
        this.rules = decider.rules().open(this);
    }

    private static <E, V, S extends SpecificRecord> FoldedStore<E> entityStore(
            Decider<E, V, S> decider, ProcessorContext<?, ?> context) {
        KeyValueStore<String, S> store =
                context.getStateStore(decider.spec().store(Decider.ENTITIES));
        return new FoldedStore<>() {
            @Override
            public @Nullable Folded<E> get(String id) {
                S kept = store.get(id);
                return kept == null ? null : decider.state().restore(kept);
            }

            @Override
            public void put(String id, Folded<E> folded) {
                store.put(id, decider.state().save(folded));
            }
        };
    }

    CommandHeader header(SpecificRecord command) {
        return rules.header(command);
    }

    @Nullable CommandResult known(String commandId) {
        return results.get(commandId);
    }

    /// @param at record time of the command
    Decided decide(CommandHeader header, SpecificRecord command, Instant at) {
        var decision = new Decision<V>(header, decider.publisher());
        current = decision;
        var answer = answer(command, decision);
        current = null;
        var result =
                answer.remembered(header.commandId(), sequence(decision, answer.aggregateId()), at);
        results.put(header.commandId(), result);
        expiries.at(at.plus(Decider.RESULTS_KEPT), Decider.RESULT, header.commandId());
        var told =
                answer.submission() == null
                        ? result
                        : CommandResult.newBuilder(result)
                                .setSubmission(answer.submission())
                                .build();
        return new Decided(decision.events(), told);
    }

    private Answer answer(SpecificRecord command, Decision<V> decision) {
        try {
            return rules.decide(command, decision);
        } catch (Refused refused) {
            if (!decision.events().isEmpty()) {
                throw new IllegalStateException("refused after an event", refused);
            }
            return Answer.refused(refused);
        }
    }

    private long sequence(Decision<V> decision, @Nullable String entityId) {
        long sequence = decision.sequenceOf(entityId);
        if (sequence > 0 || entityId == null) {
            return sequence;
        }
        var folded = entities.get(entityId);
        return folded == null ? 0 : folded.version();
    }

    private void append(String entityId, long sequence, Object event) {
        Objects.requireNonNull(current, "an event outside a decision")
                .append(entityId, sequence, decider.eventType().cast(event));
    }

    private void forget(String kind, String key, Instant now) {
        if (kind.equals(Decider.RESULT)) {
            results.delete(key);
        } else {
            rules.forget(kind, key, now);
        }
    }

    @Override
    public <T extends SpecificRecord> KeyValueStore<String, T> store(String what) {
        return context.getStateStore(decider.spec().store(what));
    }

    @Override
    public boolean exists(String entityId) {
        return entities.get(entityId) != null;
    }

    @Override
    public <T> @Nullable Folded<T> entity(Class<T> type, String entityId) {
        var folded = entities.get(entityId);
        return folded == null ? null : new Folded<>(type.cast(folded.entity()), folded.version());
    }

    @Override
    public Expiries expiries() {
        return expiries;
    }

    @Override
    public @Nullable Object handle(Object command) {
        var decision = Objects.requireNonNull(current, "no command is being decided");
        return handler.handle(decision.header().commandId(), command);
    }

    @Override
    public void close() {
        handler.close();
    }
}
