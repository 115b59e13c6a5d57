package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.State;
import io.headwater.projectors.platform.bulk.BackfillLock;
import io.headwater.projectors.platform.bulk.GenerationTables;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Drops everything of a generation that nobody reads: consumer groups, topics, tables, positions.
/// Every step may be repeated; each waits for the one before.
@Component
class Retirement {

    private static final Logger log = LoggerFactory.getLogger(Retirement.class);

    private final Generations generations;
    private final JdbcClient jdbc;
    private final JdbcTemplate jdbcTemplate;
    private final Admin admin;

    Retirement(Generations generations, JdbcClient jdbc, JdbcTemplate jdbcTemplate, Admin admin) {
        this.generations = generations;
        this.jdbc = jdbc;
        this.jdbcTemplate = jdbcTemplate;
        this.admin = admin;
    }

    /// As far as it goes now.
    ///
    /// @param row RETIRING, and its time is over
    /// @throws ExecutionException when the brokers refuse or are away
    void step(Generations.Row row) throws ExecutionException, InterruptedException {
        var generation = row.generation();
        var reader = reader(generation);
        if (reader.isPresent()) {
            generations.reason(
                    generation,
                    "%s is still read by the consumer group %s: let it read the live generation's, then this one goes"
                            .formatted(generation.viewTopic(), reader.get()));
            return;
        }
        generations.stop(generation);
        if (!isBackfillOver(generation) || !areGroupsGone(generation)) {
            return;
        }
        deleteTopics(generation);
        dropTables(generation);
        forget(generation);
        generations.move(generation, State.RETIRING, State.GONE, null, Generations.PROJECTORS);
        log.atInfo().addKeyValue("projection", generation).log("generation is gone");
    }

    /// Somebody else who follows the view topic: dropped under his feet, he would stop. One that
    /// runs and reads other topics by now is not meant, one that is away may come back to it.
    private Optional<String> reader(Generation generation)
            throws ExecutionException, InterruptedException {
        for (GroupListing group : admin.listGroups().all().get()) {
            String name = group.groupId();
            if (!name.equals(generation.sinkGroup())
                    && hasRead(name, generation.viewTopic())
                    && !readsOthers(name, generation.viewTopic())) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private boolean hasRead(String group, String topic)
            throws ExecutionException, InterruptedException {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .keySet()
                .stream()
                .anyMatch(partition -> partition.topic().equals(topic));
    }

    private boolean readsOthers(String group, String topic)
            throws ExecutionException, InterruptedException {
        var members =
                admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                        .flatMap(described -> described.members().stream())
                        .toList();
        return !members.isEmpty()
                && members.stream()
                        .flatMap(member -> member.assignment().topicPartitions().stream())
                        .noneMatch(partition -> partition.topic().equals(topic));
    }

    /// @return false while an instance still fills its tables
    private boolean isBackfillOver(Generation generation) {
        return Boolean.TRUE.equals(
                jdbcTemplate.execute(
                        (ConnectionCallback<Boolean>)
                                connection -> BackfillLock.isFree(connection, generation)));
    }

    /// @return false while an instance has not let go yet
    private boolean areGroupsGone(Generation generation)
            throws ExecutionException, InterruptedException {
        for (String group : List.of(generation.applicationId(), generation.sinkGroup())) {
            try {
                admin.deleteConsumerGroups(List.of(group)).all().get();
            } catch (ExecutionException refused) {
                if (refused.getCause() instanceof GroupNotEmptyException) {
                    return false;
                }
                if (!(refused.getCause() instanceof GroupIdNotFoundException)) {
                    throw refused;
                }
            }
        }
        return true;
    }

    private void deleteTopics(Generation generation)
            throws ExecutionException, InterruptedException {
        Collection<String> own =
                admin.listTopics().names().get().stream()
                        .filter(topic ->
                                topic.equals(generation.viewTopic())
                                        || topic.equals(generation.deadLetterTopic())
                                        || topic.startsWith(generation.applicationId() + "-"))
                        .toList();
        try {
            admin.deleteTopics(own).all().get();
        } catch (ExecutionException refused) {
            // Deleted by an attempt before this one.
            if (!(refused.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw refused;
            }
        }
    }

    private void dropTables(Generation generation) {
        jdbcTemplate.execute(
                (ConnectionCallback<@Nullable Void>)
                        connection -> {
                            GenerationTables.drop(connection, generation.schema());
                            return null;
                        });
    }

    private void forget(Generation generation) {
        for (String table : List.of("projection_position", "parked", "drained", "dead_letter")) {
            jdbc.sql(
                            "delete from ops."
                                    + table
                                    + " where projection = :projection and generation = :generation")
                    .param("projection", generation.projection())
                    .param("generation", generation.number())
                    .update();
        }
    }
}
