package io.headwater.jobs.platform.kafka;

import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/// How this application reaches the logs and shares the work among its instances.
///
/// @param commitInterval of the Streams jobs: the longest that a result waits for its transaction
/// @param streamThreads per Streams job; more than partitions idle
/// @param standbyReplicas copies of each state store on other instances
/// @param storeMemory for the state stores of all jobs together
@Validated
@ConfigurationProperties("headwater.kafka")
public record KafkaSettings(
        @NotBlank String bootstrapServers,
        @DefaultValue KafkaSecurity security,
        Duration commitInterval,
        @Min(1) int streamThreads,
        @Min(0) int standbyReplicas,
        DataSize storeMemory) {

    public Brokers brokers() {
        return new Brokers(bootstrapServers, security);
    }
}
