package io.headwater.projectors.platform.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The consumer of a fold, with a gate in front of the event topics: at a cut it hands out every
/// record before the target of its partition and none after it, so that the fold stops at exactly
/// that offset, commits what it has and stays in its group. Repartition topics are never held: what
/// was read goes all the way to the view.
///
/// Used by its stream thread only, like every consumer.
final class GatedConsumer extends KafkaConsumer<byte[], byte[]> {

    private static final Duration POSITION_LIMIT = Duration.ofMillis(200);
    private static final double NANOS = 1e9;

    private final SourceGate gate;
    private final Set<String> events;

    /// Held by the gate or out of allowance; each is paused.
    private final Set<TopicPartition> halted = new HashSet<>();

    /// Of those halted, the ones at the end of what they may read.
    private final Set<TopicPartition> atStop = new HashSet<>();

    /// Kafka Streams pauses what it has enough of.
    private final Set<TopicPartition> pausedByStreams = new HashSet<>();

    private double allowance;
    private long allowanceAt = System.nanoTime();

    /// @param events topics that the gate is in front of
    GatedConsumer(Map<String, Object> settings, SourceGate gate, Set<String> events) {
        super(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.gate = gate;
        this.events = Set.copyOf(events);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        halt();
        var polled = super.poll(timeout);
        var admitted = gate.isOpen() ? polled : admitted(polled);
        spend(admitted);
        return admitted;
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        pausedByStreams.addAll(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        pausedByStreams.removeAll(partitions);
        super.resume(partitions.stream().filter(p -> !halted.contains(p)).toList());
    }

    /// A task with two inputs waits for the one that lags; one that stands at its stop has no more.
    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return atStop.contains(partition) ? OptionalLong.of(0) : super.currentLag(partition);
    }

    private void halt() {
        var assigned = assignment();
        pausedByStreams.retainAll(assigned);
        var before = new HashSet<>(halted);
        halted.clear();
        atStop.clear();
        boolean spent = isSpent();
        if (!spent && gate.isOpen() && before.isEmpty()) {
            return;
        }
        for (var partition : assigned) {
            if (!events.contains(partition.topic())) {
                continue;
            }
            if (spent) {
                halted.add(partition);
            }
            if (!gate.isOpen()) {
                stopAtTarget(partition);
            }
        }
        super.pause(halted);
        before.removeAll(halted);
        before.retainAll(assigned);
        before.removeAll(pausedByStreams);
        super.resume(before);
    }

    private void stopAtTarget(TopicPartition partition) {
        long position;
        try {
            position = position(partition, POSITION_LIMIT);
        } catch (TimeoutException unknown) {
            // Just assigned: nothing is read of it before its position is known.
            halted.add(partition);
            return;
        }
        var stop = gate.stop(partition, position);
        if (stop.isPresent() && position >= stop.getAsLong()) {
            stopped(partition, position);
        }
    }

    private void stopped(TopicPartition partition, long position) {
        halted.add(partition);
        atStop.add(partition);
        gate.stopped(partition, position);
    }

    /// Without what lies behind the stop, which is read again once the gate is open.
    private ConsumerRecords<byte[], byte[]> admitted(ConsumerRecords<byte[], byte[]> polled) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> admitted = new HashMap<>();
        // Kafka Streams commits these where it has no record left.
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(polled.nextOffsets());
        for (var partition : polled.partitions()) {
            var records = polled.records(partition);
            var stop =
                    events.contains(partition.topic())
                            ? gate.stop(partition, records.getFirst().offset())
                            : OptionalLong.empty();
            if (stop.isEmpty() || records.getLast().offset() < stop.getAsLong()) {
                admitted.put(partition, records);
                continue;
            }
            long end = stop.getAsLong();
            var some = records.stream().filter(record -> record.offset() < end).toList();
            if (!some.isEmpty()) {
                admitted.put(partition, some);
            }
            next.put(partition, new OffsetAndMetadata(end));
            seek(partition, end);
            super.pause(Set.of(partition));
            stopped(partition, end);
        }
        return new ConsumerRecords<>(admitted, next);
    }

    private boolean isSpent() {
        int limit = gate.recordsPerSecond();
        long now = System.nanoTime();
        if (limit == SourceGate.UNLIMITED) {
            allowanceAt = now;
            allowance = 0;
            return false;
        }
        allowance = Math.min(limit, allowance + limit * (now - allowanceAt) / NANOS);
        allowanceAt = now;
        return allowance <= 0;
    }

    private void spend(ConsumerRecords<byte[], byte[]> records) {
        if (gate.recordsPerSecond() == SourceGate.UNLIMITED) {
            return;
        }
        for (var partition : records.partitions()) {
            if (events.contains(partition.topic())) {
                allowance -= records.records(partition).size();
            }
        }
    }
}
