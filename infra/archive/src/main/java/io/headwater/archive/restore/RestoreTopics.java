package io.headwater.archive.restore;

import io.headwater.archive.ArchivedTopic;
import io.headwater.schema.Provisioner;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// The topics of the new cluster.
final class RestoreTopics {

    private static final Duration GONE_WITHIN = Duration.ofMinutes(1);

    private final Admin admin;
    private final short replication;

    RestoreTopics(Admin admin, short replication) {
        this.admin = admin;
        this.replication = replication;
    }

    boolean exists(String topic) {
        return get(admin.listTopics().names()).contains(topic);
    }

    /// Kept without a limit until the views are made: retention would take old records before they
    /// are read.
    void make(ArchivedTopic topic) {
        var made = newTopic(topic);
        var configs = new HashMap<>(made.configs());
        configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        made.configs(configs);
        long giveUp = System.nanoTime() + GONE_WITHIN.toNanos();
        while (true) {
            try {
                admin.createTopics(List.of(made)).all().get();
                break;
            } catch (ExecutionException refused) {
                // one that is being deleted is there for a moment
                if (!(refused.getCause() instanceof TopicExistsException)
                        || System.nanoTime() > giveUp) {
                    throw new RestoreException(
                            "topic %s cannot be made: %s"
                                    .formatted(topic.topic(), refused.getCause()),
                            refused);
                }
                Thread.onSpinWait();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new RestoreException("interrupted", interrupted);
            }
        }
        try {
            Provisioner.awaitLeaders(admin, topic.topic(), topic.partitions());
        } catch (ExecutionException refused) {
            throw new RestoreException(
                    "topic %s has no leaders: %s".formatted(topic.topic(), refused.getCause()),
                    refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RestoreException("interrupted", interrupted);
        }
    }

    void delete(String topic) {
        get(admin.deleteTopics(List.of(topic)).all());
    }

    /// Back to what the catalogue says.
    void giveRetention(List<ArchivedTopic> topics) {
        var changes = new HashMap<ConfigResource, java.util.Collection<AlterConfigOp>>();
        for (var topic : topics) {
            var configs = newTopic(topic).configs();
            String retention = configs.get(TopicConfig.RETENTION_MS_CONFIG);
            var entry =
                    new ConfigEntry(
                            TopicConfig.RETENTION_MS_CONFIG, retention == null ? "" : retention);
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.topic()),
                    List.of(
                            new AlterConfigOp(
                                    entry,
                                    retention == null
                                            ? AlterConfigOp.OpType.DELETE
                                            : AlterConfigOp.OpType.SET)));
        }
        get(admin.incrementalAlterConfigs(changes).all());
    }

    static List<TopicPartition> partitions(ArchivedTopic topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.topic(), partition))
                .toList();
    }

    /// @return the ends for readers of everything, or of committed records
    Map<TopicPartition, Long> ends(ArchivedTopic topic, IsolationLevel level) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions(topic).forEach(partition -> asked.put(partition, OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        get(admin.listOffsets(asked, new ListOffsetsOptions(level)).all())
                .forEach((partition, found) -> ends.put(partition, found.offset()));
        return ends;
    }

    /// @return how many partitions it has
    int partitionsOf(String topic) {
        var described = get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic);
        return described == null ? 0 : described.partitions().size();
    }

    void deleteBefore(TopicPartition partition, long offset) {
        get(admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset))).all());
    }

    private NewTopic newTopic(ArchivedTopic topic) {
        return Topics.FACTS.stream()
                .filter(known -> known.name().equals(topic.topic()))
                .findFirst()
                .map(known -> known.toNewTopic(topic.partitions(), replication))
                .orElseGet(() ->
                        new NewTopic(topic.topic(), topic.partitions(), replication)
                                .configs(Map.of()));
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException refused) {
            throw new RestoreException("the brokers refuse: " + refused.getCause(), refused);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RestoreException("interrupted", interrupted);
        }
    }
}
