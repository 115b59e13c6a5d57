package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// How a sink reads: only what is committed, in large batches, never committing to Kafka.
final class SinkSettings {

    /// Small, because rows may have megabytes; [Gathering] makes batches of them.
    private static final int POLL_RECORDS = 200;

    private static final int PARTITION_BYTES = 4 << 20;
    private static final int SESSION_TIMEOUT_MILLIS = 6_000;

    private SinkSettings() {}

    static Properties of(ProjectorSettings settings, Generation generation) {
        var props = new Properties();
        props.putAll(settings.kafka().brokers().settings());
        props.put(ConsumerConfig.GROUP_ID_CONFIG, generation.sinkGroup());
        props.put(
                ConsumerConfig.CLIENT_ID_CONFIG,
                generation.sinkGroup() + "-" + settings.instance());
        props.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        props.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Positions come from Postgres; one that the topic does not have must not be guessed.
        props.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        props.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Math.min(settings.sink().batchSize(), POLL_RECORDS));
        props.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
        props.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        props.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_TIMEOUT_MILLIS / 3);
        props.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        props.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        props.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return props;
    }
}
