package io.headwater.jobs.platform.kafka;

import io.headwater.schema.Brokers;
import io.headwater.schema.KafkaSecurity;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
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

    /// Of a consumer that shares the partitions of committed records with the others of its group,
    /// and notes by itself how far it came.
    ///
    /// @return to be added to: where it begins, and how much it fetches
    public Map<String, Object> groupConsumer(String groupId, String clientId) {
        var consumer = brokers().settings();
        consumer.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
        consumer.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        consumer.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        consumer.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        consumer.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        return consumer;
    }
}
