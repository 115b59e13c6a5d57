package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Generation;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The topics of a generation that nobody reads yet: those of its rows, and those that hold the
/// state of its fold, as Kafka Streams would make them.
final class FreshTopics {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 50;

    private final Admin admin;
    private final Generation generation;
    private final short replication;

    FreshTopics(Admin admin, Generation generation, short replication) {
        this.admin = admin;
        this.generation = generation;
        this.replication = replication;
    }

    /// @return name of the changelog of a store
    String changelog(String store) {
        return generation.applicationId() + "-" + store + "-changelog";
    }

    /// With the positions of the fold, so that nothing reads on what is left.
    void delete() throws ExecutionException, InterruptedException {
        try {
            admin.deleteConsumerGroups(List.of(generation.applicationId())).all().get();
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof GroupIdNotFoundException)) {
                throw refused;
            }
        }
        var own = own();
        if (own.isEmpty()) {
            return;
        }
        try {
            admin.deleteTopics(own).all().get();
        } catch (ExecutionException refused) {
            if (!(refused.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw refused;
            }
        }
        await("old topics of " + generation + " do not go", () -> own().isEmpty());
    }

    /// @param stores of the fold
    /// @param partitions of each, as many as its events have
    void createChangelogs(Collection<String> stores, int partitions)
            throws ExecutionException, InterruptedException {
        Map<String, String> configs = new HashMap<>(Topics.inSync(replication));
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        admin.createTopics(
                        stores.stream()
                                .map(store ->
                                        new NewTopic(changelog(store), partitions, replication)
                                                .configs(configs))
                                .toList())
                .all()
                .get();
    }

    /// A producer that is faster than a new partition loses its first batch.
    void awaitLeaders() throws ExecutionException, InterruptedException {
        await(
                "new topics of " + generation + " do not answer",
                () -> {
                    var partitions = partitionsOf(own());
                    return ends(partitions).size() == partitions.size();
                });
    }

    /// The offsets of a group are told once the broker has ended their transaction. Who looks
    /// before that finds state without offsets.
    void awaitOffsets(Set<TopicPartition> partitions)
            throws ExecutionException, InterruptedException {
        await(
                "offsets of " + generation.applicationId() + " are not told",
                () ->
                        admin
                                .listConsumerGroupOffsets(generation.applicationId())
                                .partitionsToOffsetAndMetadata()
                                .get()
                                .entrySet()
                                .stream()
                                .filter(entry -> entry.getValue() != null)
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet())
                                .containsAll(partitions));
    }

    /// @return by partition of the view topic
    Map<TopicPartition, Long> viewEnds() throws ExecutionException, InterruptedException {
        return ends(partitionsOf(List.of(generation.viewTopic())));
    }

    private Set<TopicPartition> partitionsOf(Collection<String> names)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(names).allTopicNames().get().values().stream()
                .flatMap(topic ->
                        topic.partitions().stream()
                                .map(one -> new TopicPartition(topic.name(), one.partition())))
                .collect(Collectors.toSet());
    }

    private Map<TopicPartition, Long> ends(Set<TopicPartition> of)
            throws ExecutionException, InterruptedException {
        return admin
                .listOffsets(
                        of.stream()
                                .collect(
                                        Collectors.toMap(
                                                Function.identity(), _ -> OffsetSpec.latest())))
                .all()
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    private List<String> own() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get().stream()
                .filter(topic ->
                        topic.equals(generation.viewTopic())
                                || topic.equals(generation.deadLetterTopic())
                                || topic.startsWith(generation.applicationId() + "-"))
                .toList();
    }

    @FunctionalInterface
    private interface Condition {
        boolean isMet() throws ExecutionException, InterruptedException;
    }

    private static void await(String otherwise, Condition condition)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                if (condition.isMet()) {
                    return;
                }
            } catch (ExecutionException notYet) {
                if (!(notYet.getCause() instanceof RetriableException)) {
                    throw notYet;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new TimeoutException(otherwise);
    }
}
