package io.headwater.jobs.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Records read and not committed, by partition, in offset order.
final class ArchiveBatch {

    private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records =
            new LinkedHashMap<>();
    private int size;
    private long bytes;

    void add(Iterable<ConsumerRecord<String, byte[]>> polled) {
        for (var record : polled) {
            records.computeIfAbsent(
                            new TopicPartition(record.topic(), record.partition()),
                            unseen -> new ArrayList<>())
                    .add(record);
            size++;
            bytes += Math.max(0, record.serializedValueSize());
        }
    }

    /// Forgets what another instance will read again.
    void drop(Collection<TopicPartition> lost) {
        for (var partition : lost) {
            var dropped = records.remove(partition);
            size -= dropped == null ? 0 : dropped.size();
        }
    }

    boolean holds(int partition) {
        return records.keySet().stream().anyMatch(held -> held.partition() == partition);
    }

    int size() {
        return size;
    }

    /// Of all that was added.
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return size == 0;
    }

    List<ConsumerRecord<String, byte[]>> all() {
        return records.values().stream().flatMap(List::stream).toList();
    }

    /// Behind the last record of each partition.
    Map<TopicPartition, OffsetAndMetadata> next() {
        var next = new HashMap<TopicPartition, OffsetAndMetadata>();
        records.forEach((partition, held) ->
                next.put(partition, new OffsetAndMetadata(held.getLast().offset() + 1)));
        return next;
    }
}
