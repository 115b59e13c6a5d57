package io.headwater.command.platform.state;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store of one partition in memory, without a changelog: what a store should hold.
final class MemoryStore<V> implements KeyValueStore<String, V> {

    private final String name;
    private final SortedMap<String, V> entries = new TreeMap<>();

    MemoryStore(String name) {
        this.name = name;
    }

    Map<String, V> entries() {
        return entries;
    }

    @Override
    public void put(String key, @Nullable V value) {
        if (value == null) {
            entries.remove(key);
        } else {
            entries.put(key, value);
        }
    }

    @Override
    public @Nullable V putIfAbsent(String key, V value) {
        return entries.putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<String, V>> more) {
        more.forEach(one -> put(one.key, one.value));
    }

    @Override
    public @Nullable V delete(String key) {
        return entries.remove(key);
    }

    @Override
    public @Nullable V get(String key) {
        return entries.get(key);
    }

    /// Both ends included, as in the stores of Streams.
    @Override
    public KeyValueIterator<String, V> range(String from, String to) {
        return new Entries<>(new TreeMap<>(entries.subMap(from, to + '\0')));
    }

    @Override
    public KeyValueIterator<String, V> all() {
        return new Entries<>(new TreeMap<>(entries));
    }

    @Override
    public long approximateNumEntries() {
        return entries.size();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        throw new UnsupportedOperationException("belongs to no topology");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    private static final class Entries<V> implements KeyValueIterator<String, V> {

        private final TreeMap<String, V> left;

        Entries(TreeMap<String, V> left) {
            this.left = left;
        }

        @Override
        public boolean hasNext() {
            return !left.isEmpty();
        }

        @Override
        public KeyValue<String, V> next() {
            var first = left.pollFirstEntry();
            if (first == null) {
                throw new NoSuchElementException();
            }
            return KeyValue.pair(first.getKey(), first.getValue());
        }

        @Override
        public String peekNextKey() {
            return left.firstKey();
        }

        @Override
        public void close() {}
    }
}
