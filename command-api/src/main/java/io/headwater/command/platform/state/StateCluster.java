package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.DeciderSpec;
import io.headwater.command.platform.kafka.Admins;
import io.headwater.schema.Brokers;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// A decider as the brokers see it: its topics, its changelogs, its group.
final class StateCluster implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Admin admin;
    private final DeciderSpec spec;

    StateCluster(Brokers brokers, DeciderSpec spec) {
        this.admin = Admins.open(brokers);
        this.spec = spec;
    }

    Admin admin() {
        return admin;
    }

    /// @throws StateException when there is no such topic
    List<TopicPartition> partitions(String topic) {
        try {
            var asked = admin.describeTopics(List.of(topic)).topicNameValues();
            return Admins.get(Objects.requireNonNull(asked.get(topic))).partitions().stream()
                    .map(one -> new TopicPartition(topic, one.partition()))
                    .toList();
        } catch (UnknownTopicOrPartitionException absent) {
            throw new StateException("there is no topic " + topic, absent);
        }
    }

    /// What is not committed included: a commit under way is waited for by who reads up to here.
    Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions) {
        var wanted =
                partitions.stream().collect(Collectors.toMap(p -> p, _ -> OffsetSpec.latest()));
        var found =
                Admins.get(
                        admin.listOffsets(
                                        wanted,
                                        new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                                .all());
        var offsets = new HashMap<TopicPartition, Long>();
        found.forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    /// Up to where the group is, by partition of a topic; partitions without an offset are missing.
    Map<TopicPartition, Long> committed(String topic) {
        var offsets = new HashMap<TopicPartition, Long>();
        try {
            Admins.get(
                            admin.listConsumerGroupOffsets(spec.applicationId())
                                    .partitionsToOffsetAndMetadata())
                    .forEach((partition, offset) -> {
                        if (offset != null && partition.topic().equals(topic)) {
                            offsets.put(partition, offset.offset());
                        }
                    });
        } catch (GroupIdNotFoundException none) {
            return Map.of();
        }
        return offsets;
    }

    /// @return client ids
    List<String> members() {
        String group = spec.applicationId();
        try {
            var asked = admin.describeConsumerGroups(List.of(group)).describedGroups();
            return Admins.get(Objects.requireNonNull(asked.get(group))).members().stream()
                    .map(MemberDescription::clientId)
                    .toList();
        } catch (GroupIdNotFoundException none) {
            return List.of();
        }
    }

    /// Changelogs of the decider, whatever the version of its stores.
    Set<String> changelogs() {
        return Admins.get(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(spec.applicationId() + "-"))
                .filter(topic -> topic.endsWith("-changelog"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// Returns when they are gone.
    void delete(Set<String> topics, Duration limit) {
        try {
            Admins.get(admin.deleteTopics(topics).all());
        } catch (UnknownTopicOrPartitionException already) {
            // somebody was faster
        }
        await(
                () -> Collections.disjoint(changelogs(), topics),
                limit,
                "the changelogs are not gone after " + limit.toSeconds() + " s");
    }

    /// @throws StateException with the message when it does not become so
    static void await(BooleanSupplier condition, Duration limit, String message) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new StateException(message);
            }
            pause(LOOK);
        }
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StateException("interrupted", stopped);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
