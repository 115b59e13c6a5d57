package io.headwater.command.lead;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store whose last reads are remembered, also those that found nothing: a decision looks for a
/// key, and later writes it, looking again; RocksDB takes as long for each.
///
/// Belongs to the task that is the store's only writer, and ends with it: what an aborted
/// transaction wrote is forgotten together with the task.
final class RecentReads<V> {

    /// Of some dozen decisions.
    private static final int MOST = 256;

    private final KeyValueStore<String, V> store;
    private final Map<String, Optional<V>> recent =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Optional<V>> eldest) {
                    return size() > MOST;
                }
            };

    RecentReads(KeyValueStore<String, V> store) {
        this.store = store;
    }

    @Nullable V get(String key) {
        var known = recent.get(key);
        if (known == null) {
            known = Optional.ofNullable(store.get(key));
            recent.put(key, known);
        }
        return known.orElse(null);
    }

    void put(String key, V value) {
        store.put(key, value);
        recent.put(key, Optional.of(value));
    }

    /// All of them, as they are stored. To be closed.
    KeyValueIterator<String, V> all() {
        return store.all();
    }

    void delete(String key) {
        store.delete(key);
        recent.put(key, Optional.empty());
    }
}
