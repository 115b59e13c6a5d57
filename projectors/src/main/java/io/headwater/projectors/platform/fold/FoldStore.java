package io.headwater.projectors.platform.fold;

import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// What a fold keeps between two events. Values are never changed in place.
///
/// @param <T> of the values
public interface FoldStore<T> {

    @Nullable T get(String key);

    void put(String key, T value);

    void delete(String key);

    /// @return in the order of the keys
    SortedMap<String, T> startingWith(String prefix);

    static <T> FoldStore<T> of(KeyValueStore<String, T> store) {
        return new Streams<>(store);
    }

    static <T> FoldStore<T> inMemory() {
        return new Memory<>(new TreeMap<>());
    }

    /// @param store of a task; one thread uses it
    record Streams<T>(KeyValueStore<String, T> store) implements FoldStore<T> {

        private static final StringSerializer TEXT = new StringSerializer();

        @Override
        public @Nullable T get(String key) {
            return store.get(key);
        }

        @Override
        public void put(String key, T value) {
            store.put(key, value);
        }

        @Override
        public void delete(String key) {
            store.delete(key);
        }

        @Override
        public SortedMap<String, T> startingWith(String prefix) {
            var found = new TreeMap<String, T>();
            try (var stored = store.prefixScan(prefix, TEXT)) {
                stored.forEachRemaining(entry -> found.put(entry.key, entry.value));
            }
            return found;
        }
    }

    /// @param values few: those of one key
    record Memory<T>(NavigableMap<String, T> values) implements FoldStore<T> {

        @Override
        public @Nullable T get(String key) {
            return values.get(key);
        }

        @Override
        public void put(String key, T value) {
            values.put(key, value);
        }

        @Override
        public void delete(String key) {
            values.remove(key);
        }

        @Override
        public SortedMap<String, T> startingWith(String prefix) {
            var found = new TreeMap<String, T>();
            for (var entry : values.tailMap(prefix, true).entrySet()) {
                if (!entry.getKey().startsWith(prefix)) {
                    break;
                }
                found.put(entry.getKey(), entry.getValue());
            }
            return found;
        }
    }
}
