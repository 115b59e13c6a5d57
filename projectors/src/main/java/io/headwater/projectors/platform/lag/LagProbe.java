package io.headwater.projectors.platform.lag;

import io.headwater.projectors.platform.Generation;
import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Looks at the oldest record that is not applied yet: how old it is, or that there is none but
/// markers of transactions, which take offsets and hold nothing.
public final class LagProbe implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofMillis(20);

    /// What lies between two offsets of a partition.
    private record Range(long from, long end) {}

    private final Consumer<byte[], byte[]> consumer;

    /// Idle partitions are looked at once, not every second: what was written does not change.
    private final Map<TopicPartition, Range> empty = new HashMap<>();

    /// What was found last.
    private final Map<Generation, Map<TopicPartition, Long>> known = new HashMap<>();

    public static LagProbe open(Brokers brokers, String instance) {
        var props = new Properties();
        props.putAll(brokers.settings());
        props.put(ConsumerConfig.CLIENT_ID_CONFIG, "lag-probe-" + instance);
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        props.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        props.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        props.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        props.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        props.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 10);
        props.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        props.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new LagProbe(new KafkaConsumer<>(props));
    }

    LagProbe(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /// @param generation whose lag it is
    /// @return timestamps of the oldest records; a partition without a record before its end is
    ///   missing, one that did not answer in time has what was found in it last, else 0
    public Map<TopicPartition, Long> oldest(Generation generation, Lag lag) {
        Map<TopicPartition, Long> found = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>();
        for (var partition : lag.from().keySet()) {
            if (!range(partition, lag).equals(empty.get(partition))) {
                open.add(partition);
            }
        }
        if (!open.isEmpty()) {
            look(open, lag, found);
        }
        var before = known.getOrDefault(generation, Map.of());
        open.forEach(partition -> found.put(partition, before.getOrDefault(partition, 0L)));
        known.put(generation, found);
        return found;
    }

    /// @param open partitions to look at; those that answer are taken out
    private void look(Set<TopicPartition> open, Lag lag, Map<TopicPartition, Long> found) {
        consumer.assign(open);
        // Assigning the same partitions again leaves them as they were: paused.
        consumer.resume(open);
        open.forEach(partition -> consumer.seek(partition, lag.from(partition)));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            for (var record : consumer.poll(POLL)) {
                var partition = new TopicPartition(record.topic(), record.partition());
                // A record at or after the end was written since the end was asked for.
                if (record.offset() < lag.end(partition)) {
                    found.putIfAbsent(partition, record.timestamp());
                    open.remove(partition);
                }
                consumer.pause(Set.of(partition));
            }
            open.removeIf(partition -> {
                boolean none = consumer.position(partition) >= lag.end(partition);
                if (none) {
                    empty.put(partition, range(partition, lag));
                }
                return none;
            });
        }
    }

    private static Range range(TopicPartition partition, Lag lag) {
        return new Range(lag.from(partition), lag.end(partition));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
