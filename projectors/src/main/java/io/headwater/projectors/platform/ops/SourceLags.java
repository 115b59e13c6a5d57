package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/// Where the folds are, by what their groups have committed, against the ends of their sources.
@Component
class SourceLags {

    static final Lag NONE = new Lag(Map.of(), Map.of());

    /// @param behind committed offsets of the partitions that have something after them
    /// @param ends end offsets of the same partitions
    record Lag(Map<TopicPartition, Long> behind, Map<TopicPartition, Long> ends) {}

    private final Admin admin;
    private List<TopicPartition> partitions = List.of();

    SourceLags(Admin admin) {
        this.admin = admin;
    }

    Map<Generation, Lag> read(List<RunningProjection> running)
            throws ExecutionException, InterruptedException {
        if (partitions.isEmpty()) {
            partitions = partitions(running);
        }
        var ends =
                admin.listOffsets(
                                partitions.stream()
                                        .collect(
                                                Collectors.toMap(p -> p, p -> OffsetSpec.latest())),
                                new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get();
        var committed =
                admin.listConsumerGroupOffsets(
                                running.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        one -> one.generation().applicationId(),
                                                        one -> new ListConsumerGroupOffsetsSpec())))
                        .all()
                        .get();
        Map<Generation, Lag> lags = new HashMap<>();
        for (var one : running) {
            var offsets = committed.getOrDefault(one.generation().applicationId(), Map.of());
            Map<TopicPartition, Long> behind = new HashMap<>();
            Map<TopicPartition, Long> endsBehind = new HashMap<>();
            for (var partition : partitions) {
                if (!one.projection().sources().contains(partition.topic())) {
                    continue;
                }
                var offset = offsets.get(partition);
                long from = offset == null ? 0 : offset.offset();
                long end = Objects.requireNonNull(ends.get(partition)).offset();
                if (from < end) {
                    behind.put(partition, from);
                    endsBehind.put(partition, end);
                }
            }
            lags.put(one.generation(), new Lag(behind, endsBehind));
        }
        return lags;
    }

    private List<TopicPartition> partitions(List<RunningProjection> running)
            throws ExecutionException, InterruptedException {
        var topics =
                running.stream()
                        .flatMap(one -> one.projection().sources().stream())
                        .distinct()
                        .toList();
        List<TopicPartition> found = new ArrayList<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(p -> found.add(new TopicPartition(name, p.partition()))));
        return found;
    }
}
