package io.headwater.projectors.platform.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store whose changes are seen at once and kept only when the event folded to its end: an event
/// that does not fold leaves no half.
///
/// @param <T> of the values
public final class Staged<T> {

    private static final StringSerializer TEXT = new StringSerializer();

    private final KeyValueStore<String, T> store;
    private final Map<String, @Nullable T> changed = new HashMap<>();

    public Staged(KeyValueStore<String, T> store) {
        this.store = store;
    }

    public @Nullable T get(String key) {
        return changed.containsKey(key) ? changed.get(key) : store.get(key);
    }

    public void put(String key, T value) {
        changed.put(key, value);
    }

    public void delete(String key) {
        changed.put(key, null);
    }

    /// @return in the order of the keys
    public SortedMap<String, T> startingWith(String prefix) {
        var found = new TreeMap<String, T>();
        try (var stored = store.prefixScan(prefix, TEXT)) {
            stored.forEachRemaining(entry -> found.put(entry.key, entry.value));
        }
        changed.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                if (value == null) {
                    found.remove(key);
                } else {
                    found.put(key, value);
                }
            }
        });
        return found;
    }

    public List<T> valuesOf(String prefix) {
        return new ArrayList<>(startingWith(prefix).values());
    }

    public void keep() {
        changed.forEach((key, value) -> {
            if (value == null) {
                store.delete(key);
            } else {
                store.put(key, Objects.requireNonNull(value));
            }
        });
        changed.clear();
    }

    public void forget() {
        changed.clear();
    }
}
