package io.headwater.projectors.platform.lag;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/// What lies after a position, by partition; partitions with nothing after it are missing.
///
/// @param from next offset to be read
/// @param ends end offsets of the same partitions
public record Lag(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {

    public static final Lag NONE = new Lag(Map.of(), Map.of());

    /// @param positions where the reader is; a partition without one was never read
    /// @param ends of all partitions that it has to read
    public static Lag of(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> behind = new HashMap<>();
        Map<TopicPartition, Long> endsBehind = new HashMap<>();
        ends.forEach((partition, end) -> {
            long position = positions.getOrDefault(partition, 0L);
            if (position < end) {
                behind.put(partition, position);
                endsBehind.put(partition, end);
            }
        });
        return new Lag(behind, endsBehind);
    }

    /// Both at once.
    public Lag and(Lag other) {
        Map<TopicPartition, Long> bothFrom = new HashMap<>(from);
        bothFrom.putAll(other.from);
        Map<TopicPartition, Long> bothEnds = new HashMap<>(ends);
        bothEnds.putAll(other.ends);
        return new Lag(bothFrom, bothEnds);
    }

    /// @param holding partitions that have records, not only markers of transactions
    /// @return offsets to go there
    public long offsets(Set<TopicPartition> holding) {
        return from.entrySet().stream()
                .filter(entry -> holding.contains(entry.getKey()))
                .mapToLong(entry -> ends.getOrDefault(entry.getKey(), 0L) - entry.getValue())
                .sum();
    }

    long from(TopicPartition partition) {
        return from.getOrDefault(partition, 0L);
    }

    long end(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }
}
