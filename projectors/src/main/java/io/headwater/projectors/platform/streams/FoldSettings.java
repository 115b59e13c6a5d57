package io.headwater.projectors.platform.streams;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.schema.Topics;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// How every fold runs; the figures are measured, see docs/decisions/0005-projections-and-sink.md.
public final class FoldSettings {

    private static final int BATCH_BYTES = 128 << 10;
    private static final int MAX_REQUEST_BYTES = 5 << 20;
    private static final int POLL_RECORDS = 250;
    private static final int SESSION_TIMEOUT_MILLIS = 6_000;

    private FoldSettings() {}

    public static Properties of(
            ProjectorSettings settings, Generation generation, StoreMemory memory) {
        var props = new Properties();
        var streams = settings.streams();
        props.put(StreamsConfig.APPLICATION_ID_CONFIG, generation.applicationId());
        props.put(
                StreamsConfig.CLIENT_ID_CONFIG,
                generation.applicationId() + "-" + settings.instance());
        props.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafka().bootstrapServers());
        props.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDir().toString());
        props.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        props.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, streams.commitInterval().toMillis());
        props.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, streams.cacheSize().toBytes());
        props.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        props.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, streams.standbyReplicas());
        props.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) streams.replicationFactor());
        Topics.inSync(streams.replicationFactor())
                .forEach((name, value) -> props.put(StreamsConfig.topicPrefix(name), value));
        props.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        props.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.Setter.class);
        props.put(StoreMemory.CONFIG, memory);
        deadLetters(props, generation);
        props.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        props.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        // A transaction's first batch waits at the broker to be verified; a second one sent
        // meanwhile is
        // refused as out of order and comes again after the back-off (KAFKA-14920): one at a time
        // is faster.
        props.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION),
                1);
        props.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                MAX_REQUEST_BYTES);
        // Events may have megabytes, and this many wait decoded by the client, per partition.
        props.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
                POLL_RECORDS);
        props.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, POLL_RECORDS);
        props.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
                SESSION_TIMEOUT_MILLIS);
        props.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
                "earliest");
        return props;
    }

    static void deadLetters(Properties props, Generation generation) {
        props.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetters.WhenUndecodable.class);
        props.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetters.WhenUnfoldable.class);
        props.put(DeadLetters.CONFIG, generation.deadLetterTopic());
    }
}
