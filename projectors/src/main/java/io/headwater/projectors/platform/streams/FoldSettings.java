package io.headwater.projectors.platform.streams;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.schema.Topics;
import io.headwater.streams.DeadLetters;
import io.headwater.streams.StoreMemory;
import io.headwater.streams.StreamsSettings;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/// How every fold runs; the figures are measured, see docs/decisions/0005-projections-and-sink.md.
public final class FoldSettings {

    private static final int BATCH_BYTES = 128 << 10;
    private static final int POLL_RECORDS = 250;

    private FoldSettings() {}

    public static Properties of(
            ProjectorSettings settings, Generation generation, StoreMemory memory) {
        var streams = settings.streams();
        var props =
                new StreamsSettings(
                                generation.applicationId(),
                                generation.applicationId() + "-" + settings.instance(),
                                settings.kafka().brokers().settings(),
                                settings.stateDir(),
                                streams.commitInterval(),
                                1,
                                streams.standbyReplicas(),
                                memory)
                        .toProperties();
        props.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, streams.cacheSize().toBytes());
        props.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) streams.replicationFactor());
        Topics.inSync(streams.replicationFactor())
                .forEach((name, value) -> props.put(StreamsConfig.topicPrefix(name), value));
        DeadLetters.parkTo(generation.deadLetterTopic(), props);
        props.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        StreamsSettings.boundWaiting(props, POLL_RECORDS);
        return props;
    }
}
