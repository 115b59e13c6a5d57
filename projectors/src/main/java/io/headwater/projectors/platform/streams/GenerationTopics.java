package io.headwater.projectors.platform.streams;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.schema.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Makes the topics that belong to one generation: its view, with as many partitions as its events
/// have, and its dead letters. Changes nothing that is there.
public final class GenerationTopics {

    private GenerationTopics() {}

    /// @throws ExecutionException when the brokers refuse or the event topics do not exist
    public static void provide(
            Admin admin, Projection projection, Generation generation, short replication)
            throws ExecutionException, InterruptedException {
        int partitions = 1;
        for (var source :
                admin.describeTopics(projection.sources()).allTopicNames().get().values()) {
            partitions = Math.max(partitions, source.partitions().size());
        }
        var existing = admin.listTopics().names().get();
        var missing = new ArrayList<NewTopic>();
        if (!existing.contains(generation.viewTopic())) {
            missing.add(
                    Topics.view(generation.projection(), generation.number())
                            .toNewTopic(partitions, replication));
        }
        if (!existing.contains(generation.deadLetterTopic())) {
            Map<String, String> configs = new HashMap<>(Topics.inSync(replication));
            configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(5 << 20));
            missing.add(
                    new NewTopic(generation.deadLetterTopic(), 1, replication).configs(configs));
        }
        try {
            admin.createTopics(missing).all().get();
        } catch (ExecutionException refused) {
            // Another instance was faster.
            if (!(refused.getCause() instanceof TopicExistsException)) {
                throw refused;
            }
        }
    }
}
