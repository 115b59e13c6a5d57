package io.headwater.command.platform.state;

import io.headwater.archive.log.SourceLog.Cursor;
import io.headwater.archive.log.SourceLog.Range;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// The consumer of a fold: records below the hand-over of a partition come from the archive, all
/// others from Kafka, under their own offsets. So the offsets that are committed are those of the
/// events, whoever gave them, and a fold knows where it is.
///
///     position < hand-over    the partition is paused at the brokers, whose position is the hand-over
///     position ≥ hand-over    as any consumer
///
/// One partition at a time is read from the archive: a range of it is in memory as a whole.
final class ArchiveFirstConsumer extends KafkaConsumer<byte[], byte[]> {

    private final EventLog events;
    private final Map<TopicPartition, Long> handOvers;
    private final Map<TopicPartition, Long> archived =
            new TreeMap<>((one, other) -> Integer.compare(one.partition(), other.partition()));
    private final Set<TopicPartition> paused = new HashSet<>();
    private @Nullable TopicPartition reading;
    private @Nullable Cursor cursor;

    /// @param handOvers of partitions of one topic
    ArchiveFirstConsumer(
            Map<String, Object> config, EventLog events, Map<TopicPartition, Long> handOvers) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.events = events;
        this.handOvers = handOvers;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(topics, new Placing(listener));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        var next = next();
        // without waiting: it is there to stay in the group
        var live = super.poll(next == null ? timeout : Duration.ZERO);
        return next == null || !archived.containsKey(next) ? live : with(live, next);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        paused.addAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        paused.removeAll(partitions);
        super.resume(partitions.stream().filter(one -> !archived.containsKey(one)).toList());
    }

    @Override
    public long position(TopicPartition partition) {
        Long at = archived.get(partition);
        return at == null ? super.position(partition) : at;
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        place(partition, offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        place(partition, offset.offset());
    }

    /// The one to be read from the archive now; null: none, or what was read last is enough for the
    /// moment.
    private @Nullable TopicPartition next() {
        var one = reading;
        if (one != null) {
            return paused.contains(one) ? null : one;
        }
        return archived.keySet().stream()
                .filter(other -> !paused.contains(other))
                .findFirst()
                .orElse(null);
    }

    private ConsumerRecords<byte[], byte[]> with(
            ConsumerRecords<byte[], byte[]> live, TopicPartition partition) {
        var read = read(partition);
        var records = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        live.partitions().forEach(one -> records.put(one, live.records(one)));
        if (!read.isEmpty()) {
            records.put(partition, read);
        }
        var next = new HashMap<>(live.nextOffsets());
        next.put(partition, new OffsetAndMetadata(position(partition), Optional.empty(), ""));
        return new ConsumerRecords<>(records, next);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(TopicPartition partition) {
        long handOver = Objects.requireNonNull(handOvers.get(partition));
        var open = cursor;
        if (open == null) {
            long at = Objects.requireNonNull(archived.get(partition));
            open = events.open(partition, new Range(at, handOver));
            cursor = open;
            reading = partition;
        }
        try {
            var records = open.poll();
            if (open.isAtEnd()) {
                place(partition, handOver);
            } else {
                archived.put(partition, open.position());
            }
            return records;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptException(stopped);
        }
    }

    /// The next record to be given out.
    private void place(TopicPartition partition, long offset) {
        forget(Set.of(partition));
        long handOver = handOvers.getOrDefault(partition, 0L);
        super.seek(partition, Math.max(offset, handOver));
        if (offset < handOver) {
            archived.put(partition, offset);
            super.pause(List.of(partition));
        } else if (!paused.contains(partition)) {
            super.resume(List.of(partition));
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        var open = cursor;
        if (open != null && partitions.contains(reading)) {
            open.close();
            cursor = null;
            reading = null;
        }
        archived.keySet().removeAll(List.copyOf(partitions));
    }

    /// Finds out in time where a partition is: before the first fetch, which the brokers would
    /// refuse.
    private final class Placing implements ConsumerRebalanceListener {

        private final ConsumerRebalanceListener then;

        Placing(ConsumerRebalanceListener then) {
            this.then = then;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            then.onPartitionsAssigned(assigned);
            for (var partition : assigned) {
                if (handOvers.containsKey(partition)) {
                    place(partition, ArchiveFirstConsumer.super.position(partition));
                }
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            then.onPartitionsRevoked(revoked);
            gone(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            then.onPartitionsLost(lost);
            gone(lost);
        }

        private void gone(Collection<TopicPartition> partitions) {
            forget(partitions);
            paused.removeAll(partitions);
        }
    }
}
