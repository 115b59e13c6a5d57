package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Component;

/// Where the topics of the projections end, by the brokers and not by whoever reads them: a reader
/// that hangs does not see the end move.
@Component
class LogEnds {

    static final Ends NONE = new Ends(Lag.NONE, Map.of());

    private static final String REPARTITION = "-repartition";

    /// What is known of one generation.
    ///
    /// @param source what its fold has not committed yet
    /// @param view ends of what its sink reads: the view topic and the dead letters
    record Ends(Lag source, Map<TopicPartition, Long> view) {}

    private final Admin admin;
    private List<TopicPartition> partitions = List.of();

    LogEnds(Admin admin) {
        this.admin = admin;
    }

    Map<Generation, Ends> read(List<RunningProjection> running)
            throws ExecutionException, InterruptedException {
        if (partitions.isEmpty()) {
            partitions = partitions(running);
        }
        var committed = committed(running);
        Set<TopicPartition> all = new HashSet<>(partitions);
        running.forEach(one -> {
            String application = one.generation().applicationId();
            committed.getOrDefault(application, Map.of()).keySet().stream()
                    .filter(partition -> isInner(partition.topic(), application))
                    .forEach(all::add);
        });
        var ends = ends(all);
        Map<Generation, Ends> found = new HashMap<>();
        for (var one : running) {
            var generation = one.generation();
            String application = generation.applicationId();
            var sources = one.projection().sources();
            found.put(
                    generation,
                    of(
                            generation,
                            Set.copyOf(sources),
                            committed.getOrDefault(application, Map.of()),
                            ends));
        }
        return found;
    }

    /// @param sources event topics
    /// @param committed by the group of the fold; also of its repartition topics
    /// @param ends of topics of this generation and of others
    static Ends of(
            Generation generation,
            Set<String> sources,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> source = new HashMap<>();
        Map<TopicPartition, Long> view = new HashMap<>();
        ends.forEach((partition, end) -> {
            String topic = partition.topic();
            if (sources.contains(topic) || isInner(topic, generation.applicationId())) {
                source.put(partition, end);
            } else if (topic.equals(generation.viewTopic())
                    || topic.equals(generation.deadLetterTopic())) {
                view.put(partition, end);
            }
        });
        return new Ends(Lag.of(committed, source), view);
    }

    /// Between two steps of a fold: an event is in no row before it has passed there too.
    private static boolean isInner(String topic, String application) {
        return topic.startsWith(application + "-") && topic.endsWith(REPARTITION);
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> of)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        of.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /// By consumer group.
    private Map<String, Map<TopicPartition, Long>> committed(List<RunningProjection> running)
            throws ExecutionException, InterruptedException {
        Map<String, Map<TopicPartition, Long>> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(
                        running.stream()
                                .collect(
                                        Collectors.toMap(
                                                one -> one.generation().applicationId(),
                                                one -> new ListConsumerGroupOffsetsSpec())))
                .all()
                .get()
                .forEach((group, found) -> {
                    Map<TopicPartition, Long> known = new HashMap<>();
                    found.forEach((partition, offset) -> {
                        if (offset != null) {
                            known.put(partition, offset.offset());
                        }
                    });
                    offsets.put(group, known);
                });
        return offsets;
    }

    private List<TopicPartition> partitions(List<RunningProjection> running)
            throws ExecutionException, InterruptedException {
        Set<String> topics = new HashSet<>();
        for (var one : running) {
            topics.addAll(one.projection().sources());
            topics.add(one.generation().viewTopic());
            topics.add(one.generation().deadLetterTopic());
        }
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
