package io.headwater.projectors.platform.fold;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// A store whose changes are seen at once and kept only when the event folded to its end: an event
/// that does not fold leaves no half.
///
/// @param <T> of the values
public final class Staged<T> {

    private final FoldStore<T> store;
    private final Map<String, @Nullable T> changed = new HashMap<>();

    public Staged(FoldStore<T> store) {
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
        var found = store.startingWith(prefix);
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
