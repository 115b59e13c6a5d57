package io.headwater.jobs.platform.kafka;

import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.streams.StoreMemory;
import io.headwater.streams.StreamsSettings;
import java.util.Properties;

/// The settings of every Streams job.
public final class StreamsProperties {

    private static final int POLL_RECORDS = 250;

    private StreamsProperties() {}

    /// @param applicationId is data: stores and offsets belong to it
    /// @param memory bound of the state stores of all jobs
    public static Properties of(
            String applicationId,
            KafkaSettings kafka,
            InstanceSettings instance,
            StoreMemory memory) {
        var properties =
                new StreamsSettings(
                                applicationId,
                                applicationId + "-" + instance.instance(),
                                kafka.brokers().settings(),
                                instance.stateDir(),
                                kafka.commitInterval(),
                                kafka.streamThreads(),
                                kafka.standbyReplicas(),
                                memory)
                        .toProperties();
        StreamsSettings.boundWaiting(properties, POLL_RECORDS);
        return properties;
    }
}
