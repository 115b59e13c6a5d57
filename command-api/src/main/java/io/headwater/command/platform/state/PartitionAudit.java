package io.headwater.command.platform.state;

import io.headwater.archive.log.SourceLog.Range;
import io.headwater.command.platform.axon.Decider;
import io.headwater.command.platform.axon.DeciderSpec;
import io.headwater.command.platform.kafka.CommittedLog;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// The stores of one partition, as the events make them and as they are.
final class PartitionAudit<E, S extends SpecificRecord> implements AutoCloseable {

    /// Without a new record: then nobody writes, and what differs will go on to.
    private static final int QUIET_ROUNDS = 3;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final DeciderHistory<E, S> history;
    private final DeciderSpec spec;
    private final @Nullable String key;
    private final AvroSerde<SpecificRecord> serde;
    private final Map<String, String> storeOf = new HashMap<>();
    private final Map<String, MemoryStore<?>> folded = new HashMap<>();
    private final Map<String, Map<String, byte[]>> stored = new HashMap<>();
    private final SortedMap<String, String> broken = new TreeMap<>();
    private final CommittedLog states;
    private final EventLog log;
    private final TopicPartition partition;
    private final FoldTask<E, S> task;
    private final Comparison comparison;
    private long events;
    private long at = -1;

    PartitionAudit(
            DeciderHistory<E, S> history,
            Brokers brokers,
            EventLog log,
            Set<String> changelogs,
            TopicPartition partition,
            @Nullable String key) {
        this.history = history;
        this.log = log;
        this.partition = partition;
        this.spec = history.decider().spec();
        this.key = key;
        this.serde = spec.serde();
        var now = Instant.now();
        this.comparison = new Comparison(history.ended(), now);
        for (String store : history.decider().storeNames()) {
            storeOf.put(spec.changelog(store), store);
            folded.put(store, new MemoryStore<>(store));
            stored.put(store, new HashMap<>());
        }
        var there =
                storeOf.keySet().stream()
                        .filter(changelogs::contains)
                        .map(topic -> new TopicPartition(topic, partition.partition()))
                        .toList();
        states = new CommittedLog(brokers, there);
        task =
                new FoldTask<>(
                        history,
                        name -> Objects.requireNonNull(folded.get(plain(name))),
                        now,
                        (id, how) -> broken.putIfAbsent("events " + id, how));
    }

    private String plain(String fullName) {
        return history.decider().storeNames().stream()
                .filter(store -> spec.store(store).equals(fullName))
                .findFirst()
                .orElseThrow();
    }

    long events() {
        return events;
    }

    /// @param end by `System.nanoTime`
    /// @return what is wrong, by store and key
    SortedMap<String, String> run(long end) {
        states.read(this::store);
        readEvents();
        var differing = compare();
        int quiet = 0;
        while (!differing.isEmpty() && quiet < QUIET_ROUNDS && System.nanoTime() < end) {
            StateCluster.pause(PAUSE);
            long moved = states.read(this::store) + readEvents();
            quiet = moved == 0 ? quiet + 1 : 0;
            // what is new since may differ for a moment; what was equal once is right
            var again = compare();
            differing.keySet().retainAll(again.keySet());
            differing.replaceAll((entry, _) -> again.getOrDefault(entry, ""));
        }
        differing.putAll(broken);
        return differing;
    }

    Map<String, StateAudit.Count> counts() {
        return stored.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                one ->
                                        new StateAudit.Count(
                                                entries(one.getKey()).size(),
                                                one.getValue().size())));
    }

    private Map<String, ?> entries(String store) {
        return Objects.requireNonNull(folded.get(store)).entries();
    }

    private void store(ConsumerRecord<String, byte[]> record) {
        var entries =
                Objects.requireNonNull(
                        stored.get(Objects.requireNonNull(storeOf.get(record.topic()))));
        if (record.value() == null) {
            entries.remove(record.key());
        } else {
            entries.put(record.key(), record.value());
        }
    }

    /// From where it is to the newest one.
    ///
    /// @return offsets that were read
    private long readEvents() {
        var all = Objects.requireNonNull(log.ranges().get(partition));
        var left = new Range(at < 0 ? all.first() : at, all.end());
        if (left.offsets() == 0) {
            return 0;
        }
        try (var cursor = log.open(partition, left)) {
            while (!cursor.isAtEnd()) {
                cursor.poll().forEach(this::fold);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StateException("interrupted", stopped);
        }
        at = left.end();
        return left.offsets();
    }

    private void fold(ConsumerRecord<byte[], byte[]> record) {
        String under = new String(record.key(), StandardCharsets.UTF_8);
        if (key != null && !key.equals(under)) {
            return;
        }
        var event = Objects.requireNonNull(serde.deserialize(record.topic(), record.value()));
        task.fold(under, event, Instant.ofEpochMilli(record.timestamp()));
        events++;
    }

    private SortedMap<String, String> compare() {
        var differing = new TreeMap<String, String>();
        for (String store : history.decider().storeNames()) {
            var there = Objects.requireNonNull(stored.get(store));
            for (Map.Entry<String, ?> entry : entries(store).entrySet()) {
                String entryKey = entry.getKey();
                String how =
                        comparison.difference(
                                store,
                                entryKey,
                                entry.getValue(),
                                decoded(store, there.get(entryKey)));
                if (how != null) {
                    differing.put(store + " " + entryKey, how);
                }
            }
            for (Map.Entry<String, byte[]> one : there.entrySet()) {
                if (!entries(store).containsKey(one.getKey())
                        && comparison.isTooMuch(store, decoded(store, one.getValue()), key)) {
                    differing.put(
                            store + " " + one.getKey(), "in the store, but not in the events");
                }
            }
        }
        return differing;
    }

    private @Nullable Object decoded(String store, byte @Nullable [] bytes) {
        if (store.equals(Decider.EXPIRIES)) {
            return bytes;
        }
        try {
            return serde.deserialize(spec.changelog(store), bytes);
        } catch (SerializationException damaged) {
            return Comparison.UNREADABLE;
        }
    }

    @Override
    public void close() {
        states.close();
    }
}
