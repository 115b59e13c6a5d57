package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.Decider;
import io.headwater.command.platform.axon.Expiries;
import io.headwater.command.platform.axon.Folded;
import io.headwater.events.EventMeta;
import io.headwater.events.command.CommandResult;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// All stores of one partition of a decider, from its events: the entities, what the feature keeps
/// beside them, the results that the events tell of, and what is to be forgotten when.
///
/// Forgets by the time of the events, as the decider does by that of the commands.
final class FoldTask<E, S extends SpecificRecord> implements FoldScope<E> {

    private final Decider<E, ?, S> decider;
    private final Function<String, ? extends StateStore> stores;
    private final Instant resultsFrom;
    private final BiConsumer<String, String> broken;
    private final KeyValueStore<String, S> entities;
    private final KeyValueStore<String, CommandResult> results;
    private final Expiries expiries;
    private final StateFold<E> fold;
    private long nextWalk = Long.MIN_VALUE;
    private @Nullable String commandId;
    private @Nullable Answer answer;

    /// @param stores by full name, with serdes
    /// @param now results that are over by then are not made
    /// @param broken told of entities whose events are not whole, and how
    FoldTask(
            DeciderHistory<E, S> history,
            Function<String, ? extends StateStore> stores,
            Instant now,
            BiConsumer<String, String> broken) {
        this.decider = history.decider();
        this.stores = stores;
        this.resultsFrom = now.minus(Decider.RESULTS_KEPT);
        this.broken = broken;
        this.entities = store(Decider.ENTITIES);
        this.results = store(Decider.RESULTS);
        this.expiries = new Expiries(typed(Decider.EXPIRIES), this::forget);
        this.fold = history.fold().open(this);
    }

    /// @param key of the record
    /// @param at record time: that of its command
    void fold(String key, SpecificRecord event, Instant at) {
        var meta = (EventMeta) event.get(event.getSchema().getField("meta").pos());
        if (!meta.getCommandId().equals(commandId)) {
            commandId = meta.getCommandId();
            answer = known(commandId);
        }
        entity(event, meta);
        answer = fold.rest(key, event, answer);
        if (at.isAfter(resultsFrom)) {
            remember(meta, answer, at);
        }
        if (at.toEpochMilli() >= nextWalk) {
            nextWalk = at.plus(Expiries.EVERY).toEpochMilli();
            expiries.walk(at.toEpochMilli());
        }
    }

    /// What its earlier events said, when another task folded them.
    private @Nullable Answer known(String id) {
        var result = results.get(id);
        return result == null
                ? null
                : new Answer(
                        result.getAccepted(),
                        result.getOutcome(),
                        result.getCode(),
                        result.getDetail(),
                        result.getAggregateId(),
                        result.getValues());
    }

    private void entity(SpecificRecord event, EventMeta meta) {
        String id = meta.getAggregateId();
        var before = entity(id);
        E next;
        try {
            next = fold.entity(before == null ? null : before.entity(), event);
        } catch (IllegalStateException missing) {
            broken.accept(id, String.valueOf(missing.getMessage()));
            return;
        }
        if (next == null) {
            return;
        }
        long due = before == null ? 1 : before.version() + 1;
        if (meta.getSequence() != due) {
            broken.accept(id, "event %d where %d is due".formatted(meta.getSequence(), due));
        }
        entities.put(id, decider.state().save(new Folded<>(next, meta.getSequence())));
    }

    private void remember(EventMeta meta, Answer told, Instant at) {
        String entityId = told.aggregateId();
        var decided = entityId == null ? null : entity(entityId);
        results.put(
                meta.getCommandId(),
                told.remembered(meta.getCommandId(), decided == null ? 0 : decided.version(), at));
        expiries.at(at.plus(Decider.RESULTS_KEPT), Decider.RESULT, meta.getCommandId());
    }

    private void forget(String kind, String key, Instant now) {
        if (kind.equals(Decider.RESULT)) {
            results.delete(key);
        } else {
            fold.forget(kind, key, now);
        }
    }

    @Override
    public <T extends SpecificRecord> KeyValueStore<String, T> store(String what) {
        return typed(what);
    }

    @SuppressWarnings("unchecked") // the decider says what each holds
    private <T> KeyValueStore<String, T> typed(String what) {
        return (KeyValueStore<String, T>) stores.apply(decider.spec().store(what));
    }

    @Override
    public @Nullable Folded<E> entity(String id) {
        var kept = entities.get(id);
        return kept == null ? null : decider.state().restore(kept);
    }

    @Override
    public Expiries expiries() {
        return expiries;
    }
}
