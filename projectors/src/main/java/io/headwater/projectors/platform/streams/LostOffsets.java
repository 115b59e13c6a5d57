package io.headwater.projectors.platform.streams;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Whether a fold has state and no longer knows how far it had read: it would read all events again
/// on top of it, and additive rows would count twice.
///
/// Brokers forget the offsets of a group that is away for `offsets.retention.minutes`, 7 days
/// unless told otherwise; changelogs stay. State and offsets are committed in one transaction, so
/// committed state without an offset cannot come from anything else.
public final class LostOffsets {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CHANGELOG = "-changelog";

    private final Admin admin;
    private final Brokers brokers;

    public LostOffsets(Admin admin, Brokers brokers) {
        this.admin = admin;
        this.brokers = brokers;
    }

    /// @throws ExecutionException when the brokers do not answer
    /// @throws TimeoutException when a changelog cannot be read in time
    public boolean of(Projection projection, Generation generation)
            throws ExecutionException, InterruptedException {
        if (hasOffsets(projection, generation) || !hasState(generation)) {
            return false;
        }
        // Another instance may have committed its first transaction in between.
        return !hasOffsets(projection, generation);
    }

    private boolean hasOffsets(Projection projection, Generation generation)
            throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(generation.applicationId())
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() != null)
                .anyMatch(entry -> projection.sources().contains(entry.getKey().topic()));
    }

    private boolean hasState(Generation generation)
            throws ExecutionException, InterruptedException {
        var ends = ends(generation);
        if (ends.isEmpty()) {
            return false;
        }
        Map<String, Object> settings =
                brokers.settings(
                        Map.of(
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                false,
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                                1));
        try (var consumer =
                new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (System.nanoTime() < deadline) {
                if (!consumer.poll(POLL).isEmpty()) {
                    return true;
                }
                // What was aborted takes offsets and holds nothing.
                if (ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    return false;
                }
            }
            throw new TimeoutException("changelogs of " + generation + " cannot be read");
        }
    }

    /// Of the partitions of the changelogs that anything was ever written to.
    private Map<TopicPartition, Long> ends(Generation generation)
            throws ExecutionException, InterruptedException {
        List<String> changelogs =
                admin.listTopics().names().get().stream()
                        .filter(name -> name.startsWith(generation.applicationId() + "-"))
                        .filter(name -> name.endsWith(CHANGELOG))
                        .toList();
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(changelogs)
                .allTopicNames()
                .get()
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(p ->
                                        partitions.add(new TopicPartition(name, p.partition()))));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, end) -> {
                    if (end.offset() > 0) {
                        ends.put(partition, end.offset());
                    }
                });
        return ends;
    }
}
