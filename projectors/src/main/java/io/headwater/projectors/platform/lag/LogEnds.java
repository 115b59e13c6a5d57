package io.headwater.projectors.platform.lag;

import io.headwater.projectors.platform.Generation;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
public class LogEnds {

    public static final Ends NONE = new Ends(Lag.NONE, Map.of(), 0, 0);

    private static final String REPARTITION = "-repartition";

    /// A generation and the event topics it is made from.
    public record Followed(Generation generation, List<String> sources) {}

    /// What is known of one generation.
    ///
    /// @param source what its fold has not committed yet
    /// @param view ends of what its sink reads: the view topic and the dead letters
    /// @param sourceFirst first offsets of its event topics, added up
    /// @param sourceEnd ends of its event topics, added up
    public record Ends(
            Lag source, Map<TopicPartition, Long> view, long sourceFirst, long sourceEnd) {}

    private final Admin admin;

    /// Topics never get more partitions (ADR 0005).
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();

    public LogEnds(Admin admin) {
        this.admin = admin;
    }

    /// @throws ExecutionException when the brokers do not answer or a topic is missing
    public Map<Generation, Ends> read(Collection<Followed> followed)
            throws ExecutionException, InterruptedException {
        var committed = committed(followed);
        Set<String> events = new HashSet<>();
        Set<String> topics = new HashSet<>();
        for (var one : followed) {
            events.addAll(one.sources());
            topics.add(one.generation().viewTopic());
            topics.add(one.generation().deadLetterTopic());
        }
        topics.addAll(events);
        Set<TopicPartition> all = partitionsOf(topics);
        all.addAll(inner(followed));
        var ends = offsets(all, OffsetSpec.latest());
        var firsts = offsets(partitionsOf(events), OffsetSpec.earliest());
        Map<Generation, Ends> found = new HashMap<>();
        for (var one : followed) {
            var own = committed.getOrDefault(one.generation().applicationId(), Map.of());
            found.put(
                    one.generation(),
                    of(one.generation(), Set.copyOf(one.sources()), own, firsts, ends));
        }
        return found;
    }

    /// What a generation has not done yet of its events up to some offsets, and where its view then
    /// ends.
    ///
    /// @param targets by partition of the event topics
    public Ends upTo(Followed followed, Map<TopicPartition, Long> targets)
            throws ExecutionException, InterruptedException {
        var generation = followed.generation();
        var own = committed(List.of(followed)).getOrDefault(generation.applicationId(), Map.of());
        var ends = new HashMap<>(targets);
        ends.putAll(offsets(inner(List.of(followed)), OffsetSpec.latest()));
        // After them: what a fold that has read everything wrote is in the view by now.
        ends.putAll(viewEnds(generation));
        return of(generation, Set.copyOf(followed.sources()), own, Map.of(), ends);
    }

    /// Whether a fold has committed more of its events than up to these offsets.
    public boolean isBeyond(Followed followed, Map<TopicPartition, Long> targets)
            throws ExecutionException, InterruptedException {
        return committed(List.of(followed))
                .getOrDefault(followed.generation().applicationId(), Map.of())
                .entrySet()
                .stream()
                .anyMatch(at -> at.getValue() > targets.getOrDefault(at.getKey(), Long.MAX_VALUE));
    }

    /// What lies between two steps of the folds: also a partition that the next step has never
    /// committed anything of, since it got its first record just now.
    private Set<TopicPartition> inner(Collection<Followed> followed)
            throws ExecutionException, InterruptedException {
        Set<String> topics = new HashSet<>();
        for (String topic : admin.listTopics().names().get()) {
            if (followed.stream()
                    .anyMatch(one -> isInner(topic, one.generation().applicationId()))) {
                topics.add(topic);
            }
        }
        return partitionsOf(topics);
    }

    /// Ends of the view topic and of the dead letters.
    private Map<TopicPartition, Long> viewEnds(Generation generation)
            throws ExecutionException, InterruptedException {
        return offsets(
                partitionsOf(Set.of(generation.viewTopic(), generation.deadLetterTopic())),
                OffsetSpec.latest());
    }

    public Set<TopicPartition> partitionsOf(Set<String> topics)
            throws ExecutionException, InterruptedException {
        var unknown = topics.stream().filter(topic -> !partitions.containsKey(topic)).toList();
        if (!unknown.isEmpty()) {
            admin.describeTopics(unknown)
                    .allTopicNames()
                    .get()
                    .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
        }
        Set<TopicPartition> found = new HashSet<>();
        for (String topic : topics) {
            for (int part = 0; part < partitions.getOrDefault(topic, 0); part++) {
                found.add(new TopicPartition(topic, part));
            }
        }
        return found;
    }

    /// @param sources event topics
    /// @param committed by the group of the fold; also of its repartition topics
    /// @param firsts of its event topics
    /// @param ends of topics of this generation and of others
    static Ends of(
            Generation generation,
            Set<String> sources,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> firsts,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> source = new HashMap<>();
        Map<TopicPartition, Long> view = new HashMap<>();
        Map<TopicPartition, Long> positions = new HashMap<>(committed);
        long first = 0;
        long end = 0;
        for (var entry : ends.entrySet()) {
            var partition = entry.getKey();
            String topic = partition.topic();
            if (sources.contains(topic) || isInner(topic, generation.applicationId())) {
                source.put(partition, entry.getValue());
            } else if (topic.equals(generation.viewTopic())
                    || topic.equals(generation.deadLetterTopic())) {
                view.put(partition, entry.getValue());
            }
            if (sources.contains(topic)) {
                long began = firsts.getOrDefault(partition, 0L);
                positions.merge(partition, began, Math::max);
                first += began;
                end += entry.getValue();
            }
        }
        return new Ends(Lag.of(positions, source), view, first, end);
    }

    /// Between two steps of a fold: an event is in no row before it has passed there too.
    private static boolean isInner(String topic, String application) {
        return topic.startsWith(application + "-") && topic.endsWith(REPARTITION);
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> of, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        of.stream().collect(Collectors.toMap(p -> p, p -> which)),
                        new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /// By consumer group.
    private Map<String, Map<TopicPartition, Long>> committed(Collection<Followed> followed)
            throws ExecutionException, InterruptedException {
        Map<String, ListConsumerGroupOffsetsSpec> groups = new HashMap<>();
        followed.forEach(one ->
                groups.put(one.generation().applicationId(), new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, Long>> offsets = new HashMap<>();
        admin.listConsumerGroupOffsets(groups)
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
}
