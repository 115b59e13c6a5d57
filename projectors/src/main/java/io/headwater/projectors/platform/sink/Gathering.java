package io.headwater.projectors.platform.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/// Small polls to one large batch: as many records as are there, up to a number and up to a size,
/// so that neither small rows are written in small transactions nor large ones fill the memory.
final class Gathering {

    private final int maxRecords;
    private final long maxBytes;

    /// The poll that reaches one of the bounds is taken whole.
    ///
    /// @param maxRecords at which a batch is full
    /// @param maxBytes at which it is full as well, of keys and values as they are on the topic
    Gathering(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    /// @param wait for the first records; further ones must be there already
    /// @param owned partitions whose records are wanted, looked at after each poll: others were
    ///   taken away meanwhile and are read by their new owner
    ConsumerRecords<byte[], byte[]> poll(
            Consumer<byte[], byte[]> consumer, Duration wait, Set<TopicPartition> owned) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> gathered = new LinkedHashMap<>();
        int count = 0;
        long bytes = 0;
        var polled = consumer.poll(wait);
        while (!polled.isEmpty()) {
            for (var partition : polled.partitions()) {
                var records = polled.records(partition);
                gathered.computeIfAbsent(partition, unseen -> new ArrayList<>()).addAll(records);
                count += records.size();
                bytes += records.stream().mapToLong(Gathering::bytes).sum();
            }
            if (count >= maxRecords || bytes >= maxBytes) {
                break;
            }
            polled = consumer.poll(Duration.ZERO);
        }
        gathered.keySet().retainAll(owned);
        return new ConsumerRecords<>(gathered, Map.of());
    }

    private static long bytes(ConsumerRecord<byte[], byte[]> record) {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
