package io.headwater.projectors.platform.ops;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Looks at the oldest record that is not applied yet: how old it is, or that there is none but
/// markers of transactions, which take offsets and hold nothing.
final class LagProbe implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMillis(200);
    private static final Duration POLL = Duration.ofMillis(20);

    /// What lies between two offsets of a partition.
    private record Range(TopicPartition partition, long from, long end) {}

    private final KafkaConsumer<byte[], byte[]> consumer;

    /// Idle partitions are looked at once, not every second: what was written does not change.
    private final Map<TopicPartition, Range> empty = new HashMap<>();

    LagProbe(String bootstrapServers, String instance) {
        var props = new Properties();
        props.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        props.put(ConsumerConfig.CLIENT_ID_CONFIG, "lag-probe-" + instance);
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        props.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        props.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        props.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        props.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        props.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 10);
        props.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        props.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer = new KafkaConsumer<>(props);
    }

    /// @param from positions to look from, each before its end
    /// @param ends end offsets of the same partitions
    /// @return timestamps of the records found; a partition without a record before its end is
    ///   missing, one that did not answer in time has 0
    Map<TopicPartition, Long> oldest(
            Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> found = new HashMap<>();
        Set<TopicPartition> open = new HashSet<>();
        from.forEach((partition, next) -> {
            if (!range(partition, from, ends).equals(empty.get(partition))) {
                open.add(partition);
            }
        });
        if (open.isEmpty()) {
            return found;
        }
        consumer.assign(open);
        open.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            for (var record : consumer.poll(POLL)) {
                var partition = new TopicPartition(record.topic(), record.partition());
                found.putIfAbsent(partition, record.timestamp());
                open.remove(partition);
                consumer.pause(Set.of(partition));
            }
            open.removeIf(partition -> {
                boolean none = consumer.position(partition) >= ends.getOrDefault(partition, 0L);
                if (none) {
                    empty.put(partition, range(partition, from, ends));
                }
                return none;
            });
        }
        open.forEach(partition -> found.put(partition, 0L));
        return found;
    }

    private static Range range(
            TopicPartition partition,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends) {
        return new Range(
                partition, from.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
