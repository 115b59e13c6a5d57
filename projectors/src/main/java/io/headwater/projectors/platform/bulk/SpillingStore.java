package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.fold.FoldStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// One of [BoundedStores]. Every value bears the time of the newest event that changed it, as in
/// the changelog of Kafka Streams.
///
/// @param <T> of the values
final class SpillingStore<T> implements FoldStore<T> {

    /// Of a batch that is written to disk.
    private static final int BATCH_BYTES = 4 << 20;

    private static final int PREFIX = 2;

    /// After all stores.
    private static final byte[] INDEX = {(byte) 0xFF, (byte) 0xFF};

    /// @param value null: deleted, and may still be on disk
    private record Entry<T>(@Nullable T value, long timestamp, boolean changed, int weight) {}

    private record Place<T>(long number, String key, T value, long timestamp) {}

    /// What is told of each value at the end.
    interface Visitor<T, E extends Exception> {
        void visit(String key, T value, long timestamp) throws E;
    }

    private final BoundedStores memory;
    private final String name;
    private final byte[] prefix;
    private final Serde<T> serde;

    /// In no order until one is asked for: most stores of a fold look for whole keys only, and
    /// finding one in an order costs several times as much.
    private Map<String, Entry<T>> entries = new HashMap<>();

    /// @param number of the store on disk
    @SuppressWarnings("unchecked") // records are written by what they are
    SpillingStore(BoundedStores memory, String name, int number, Serde<?> serde) {
        this.memory = memory;
        this.name = name;
        this.serde = (Serde<T>) serde;
        prefix = ByteBuffer.allocate(PREFIX).putShort((short) number).array();
    }

    String name() {
        return name;
    }

    @Override
    public @Nullable T get(String key) {
        Entry<T> entry = entry(key);
        return entry == null ? null : entry.value();
    }

    @Override
    public void put(String key, T value) {
        Entry<T> before = entry(key);
        long timestamp =
                before == null || before.value() == null
                        ? memory.now()
                        : Math.max(memory.now(), before.timestamp());
        set(
                key,
                new Entry<>(
                        value, timestamp, true, Weight.ENTRY + Weight.of(key) + Weight.of(value)));
    }

    @Override
    public void delete(String key) {
        if (memory.isSpilled()) {
            set(key, new Entry<>(null, memory.now(), true, Weight.ENTRY + Weight.of(key)));
        } else {
            Entry<T> gone = entries.remove(key);
            if (gone != null) {
                memory.weighs(-gone.weight());
            }
        }
    }

    @Override
    public SortedMap<String, T> startingWith(String start) {
        var found = new TreeMap<String, T>();
        var db = memory.spilled();
        if (db != null) {
            byte[] from = onDisk(start);
            try (var stored = db.newIterator()) {
                for (stored.seek(from); stored.isValid(); stored.next()) {
                    byte[] key = stored.key();
                    if (!startsWith(key, from)) {
                        break;
                    }
                    found.put(text(key), decoded(stored.value()).value());
                }
            }
        }
        for (var entry : sorted().tailMap(start, true).entrySet()) {
            if (!entry.getKey().startsWith(start)) {
                break;
            }
            T value = entry.getValue().value();
            if (value == null) {
                found.remove(entry.getKey());
            } else {
                found.put(entry.getKey(), value);
            }
        }
        return found;
    }

    /// In the order of the keys.
    <E extends Exception> void forEach(Visitor<T, E> visitor) throws E {
        var db = memory.spilled();
        if (db == null) {
            var places = places(_ -> 0);
            places.sort((a, b) -> a.key().compareTo(b.key()));
            visit(places, visitor);
            return;
        }
        settle();
        try (var stored = db.newIterator()) {
            for (stored.seek(prefix); stored.isValid(); stored.next()) {
                if (!startsWith(stored.key(), prefix)) {
                    break;
                }
                Stored<T> value = decoded(stored.value());
                visitor.visit(text(stored.key()), value.value(), value.timestamp());
            }
        }
    }

    /// In an order that may be another each time.
    <E extends Exception> void forEachUnordered(Visitor<T, E> visitor) throws E {
        if (memory.isSpilled()) {
            forEach(visitor);
        } else {
            visit(places(_ -> 0), visitor);
        }
    }

    /// What is on disk in parts is there whole then: from then on, until the next change, any
    /// number of threads may visit.
    void settle() {
        var db = memory.spilled();
        if (db == null || entries.isEmpty()) {
            return;
        }
        try {
            spill(db);
        } catch (RocksDBException full) {
            throw new IllegalStateException(name + " cannot be written to disk", full);
        }
    }

    /// To be sorted, once: a map that keeps an order pays for it with every key.
    private List<Place<T>> places(ToLongFunction<T> order) {
        var places = new ArrayList<Place<T>>(entries.size());
        entries.forEach((key, entry) -> {
            T value = entry.value();
            if (value != null) {
                places.add(new Place<>(order.applyAsLong(value), key, value, entry.timestamp()));
            }
        });
        return places;
    }

    private static <T, E extends Exception> void visit(List<Place<T>> places, Visitor<T, E> visitor)
            throws E {
        for (var place : places) {
            visitor.visit(place.key(), place.value(), place.timestamp());
        }
    }

    /// By a number of each value, the smallest first, then in the order of the keys.
    ///
    /// @param order not negative
    <E extends Exception> void forEachBy(ToLongFunction<T> order, Visitor<T, E> visitor) throws E {
        var db = memory.spilled();
        if (db == null) {
            var places = places(order);
            places.sort((a, b) -> {
                int byNumber = Long.compare(a.number(), b.number());
                return byNumber != 0 ? byNumber : a.key().compareTo(b.key());
            });
            visit(places, visitor);
            return;
        }
        try (var options = new WriteOptions().setDisableWAL(true)) {
            this.<RocksDBException>forEach((key, value, timestamp) -> {
                byte[] place =
                        ByteBuffer.allocate(PREFIX + Long.BYTES)
                                .put(INDEX)
                                .putLong(order.applyAsLong(value))
                                .array();
                byte[] text = key.getBytes(StandardCharsets.UTF_8);
                byte[] index = Arrays.copyOf(place, place.length + text.length);
                System.arraycopy(text, 0, index, place.length, text.length);
                db.put(options, index, encoded(value, timestamp));
            });
        } catch (RocksDBException full) {
            throw new IllegalStateException(name + " cannot be sorted on disk", full);
        }
        try (var sorted = db.newIterator()) {
            for (sorted.seek(INDEX); sorted.isValid(); sorted.next()) {
                Stored<T> value = decoded(sorted.value());
                int at = PREFIX + Long.BYTES;
                String key =
                        new String(
                                sorted.key(), at, sorted.key().length - at, StandardCharsets.UTF_8);
                visitor.visit(key, value.value(), value.timestamp());
            }
        }
    }

    /// Writes what changed to disk and forgets it.
    void spill(RocksDB db) throws RocksDBException {
        try (var batch = new WriteBatch();
                var options = new WriteOptions().setDisableWAL(true)) {
            for (Map.Entry<String, Entry<T>> one : entries.entrySet()) {
                var entry = one.getValue();
                memory.weighs(-entry.weight());
                if (!entry.changed()) {
                    continue;
                }
                T value = entry.value();
                if (value == null) {
                    batch.delete(onDisk(one.getKey()));
                } else {
                    batch.put(onDisk(one.getKey()), encoded(value, entry.timestamp()));
                }
                if (batch.getDataSize() > BATCH_BYTES) {
                    db.write(options, batch);
                    batch.clear();
                }
            }
            db.write(options, batch);
        }
        entries.clear();
    }

    /// From the first time on it stays so.
    private NavigableMap<String, Entry<T>> sorted() {
        if (entries instanceof TreeMap<String, Entry<T>> already) {
            return already;
        }
        var sorted = new TreeMap<>(entries);
        entries = sorted;
        return sorted;
    }

    private void set(String key, Entry<T> entry) {
        Entry<T> before = entries.put(key, entry);
        memory.weighs(entry.weight() - (before == null ? 0 : before.weight()));
    }

    private @Nullable Entry<T> entry(String key) {
        Entry<T> entry = entries.get(key);
        var db = memory.spilled();
        if (entry != null || db == null) {
            return entry;
        }
        try {
            byte[] bytes = db.get(onDisk(key));
            if (bytes == null) {
                return null;
            }
            Stored<T> stored = decoded(bytes);
            int weight = Weight.ENTRY + Weight.of(key) + Weight.of(stored.value());
            entry = new Entry<>(stored.value(), stored.timestamp(), false, weight);
            set(key, entry);
            return entry;
        } catch (RocksDBException unreadable) {
            throw new IllegalStateException(name + " cannot be read from disk", unreadable);
        }
    }

    private record Stored<T>(T value, long timestamp) {}

    private byte[] encoded(T value, long timestamp) {
        byte[] bytes = bytes(value);
        return ByteBuffer.allocate(Long.BYTES + bytes.length).putLong(timestamp).put(bytes).array();
    }

    private Stored<T> decoded(byte[] bytes) {
        byte[] value = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
        return new Stored<>(
                serde.deserializer().deserialize("", value), ByteBuffer.wrap(bytes).getLong());
    }

    private byte[] onDisk(String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(PREFIX + text.length).put(prefix).put(text).array();
    }

    /// As a store of Kafka Streams keeps it.
    byte[] bytes(T value) {
        return serde.serializer().serialize("", value);
    }

    private static String text(byte[] onDisk) {
        return new String(onDisk, PREFIX, onDisk.length - PREFIX, StandardCharsets.UTF_8);
    }

    private static boolean startsWith(byte[] key, byte[] start) {
        return key.length >= start.length
                && Arrays.equals(key, 0, start.length, start, 0, start.length);
    }
}
