package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.Decider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// Whether the stores of a decider, as its decisions left them, are what its events make. Collects
/// the events of a test; what a decider learns to keep is asked for here by every test of it.
public final class FoldCheck<E, S extends SpecificRecord> {

    private final DeciderHistory<E, S> history;
    private final List<TestRecord<String, SpecificRecord>> events = new ArrayList<>();

    public FoldCheck(DeciderHistory<E, S> history) {
        this.history = history;
    }

    public void add(List<TestRecord<String, SpecificRecord>> more) {
        events.addAll(more);
    }

    /// @param stores by full name
    /// @param now the newest time of a command
    /// @return what differs, by store and key
    public SortedMap<String, String> differences(
            Function<String, KeyValueStore<String, Object>> stores, Instant now) {
        var spec = history.decider().spec();
        var differing = new TreeMap<String, String>();
        Map<String, MemoryStore<Object>> folded = new HashMap<>();
        var task =
                new FoldTask<>(
                        history,
                        name -> folded.computeIfAbsent(name, MemoryStore::new),
                        now,
                        (id, how) -> differing.put("events " + id, how));
        for (var event : events) {
            task.fold(event.key(), event.value(), event.getRecordTime());
        }
        var comparison = new Comparison(history.ended(), now);
        for (String store : history.decider().storeNames()) {
            String name = spec.store(store);
            var expected = folded.computeIfAbsent(name, MemoryStore::new).entries();
            var is = entries(stores.apply(name));
            expected.forEach((key, value) -> {
                String how = comparison.difference(store, key, value, is.get(key));
                if (how != null) {
                    differing.put(store + " " + key, how);
                }
            });
            is.forEach((key, value) -> {
                if (!expected.containsKey(key) && comparison.isTooMuch(store, value, null)) {
                    differing.put(store + " " + key, "in the store, but not in the events");
                }
            });
        }
        return differing;
    }

    /// As the events say it; null: they tell of no such command.
    public @Nullable Object result(String commandId) {
        Map<String, MemoryStore<Object>> folded = new HashMap<>();
        var task =
                new FoldTask<>(
                        history,
                        name -> folded.computeIfAbsent(name, MemoryStore::new),
                        Instant.EPOCH,
                        (_, _) -> {});
        events.forEach(event -> task.fold(event.key(), event.value(), event.getRecordTime()));
        return Objects.requireNonNull(folded.get(history.decider().spec().store(Decider.RESULTS)))
                .get(commandId);
    }

    private static Map<String, Object> entries(KeyValueStore<String, Object> store) {
        var entries = new HashMap<String, Object>();
        try (var all = store.all()) {
            all.forEachRemaining(one -> entries.put(one.key, one.value));
        }
        return entries;
    }
}
