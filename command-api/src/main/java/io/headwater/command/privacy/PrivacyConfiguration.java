package io.headwater.command.privacy;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.kafka.Admins;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.kafka.KafkaLogs;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.retention.RetentionRules;
import io.headwater.command.platform.vault.ErasureSettings;
import io.headwater.command.platform.vault.Vault;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.vault.ReadLog.Position;
import java.time.Clock;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Who reads, who does.
@Configuration(proxyBeanMethods = false)
class PrivacyConfiguration {

    private static final String GROUP = "command-api-erasures";

    @Bean
    ErasureReader erasureReader(Vault vault, SchemaIds ids, KafkaSettings settings) {
        return new ErasureReader(
                vault, ids, () -> new KafkaConsumer<>(KafkaLogs.groupConsumer(settings, GROUP)));
    }

    @Bean
    PrivacyLoop erasureLoop(
            Vault vault,
            AccessDirectory directory,
            IntakeLog commands,
            KafkaSettings settings,
            ErasureSettings erasure,
            Clock clock) {
        var runner =
                new ErasureRunner(
                        vault,
                        new DueWishes(directory, commands, erasure, clock),
                        () -> logEnds(settings));
        return new PrivacyLoop("erasures", runner::round);
    }

    @Bean
    PrivacyLoop retentionLoop(
            Vault vault,
            RetentionRules rules,
            AccessDirectory directory,
            KafkaSettings settings,
            Clock clock) {
        var runner = new RetentionRunner(vault, rules, directory, () -> logEnds(settings), clock);
        return new PrivacyLoop("rules of retention", runner::round);
    }

    /// What is not committed included: a transaction that is still open may have a key in it, and
    /// who reads committed records passes it when it is over.
    private static Set<Position> logEnds(KafkaSettings settings) {
        try (var admin = Admins.open(settings.brokers())) {
            var wanted = new HashMap<TopicPartition, OffsetSpec>();
            var topics = LearnedEvents.SOURCES.stream().map(Topics.Topic::name).toList();
            Admins.get(admin.describeTopics(topics).allTopicNames())
                    .forEach((topic, description) ->
                            description
                                    .partitions()
                                    .forEach(partition ->
                                            wanted.put(
                                                    new TopicPartition(
                                                            topic, partition.partition()),
                                                    OffsetSpec.latest())));
            var ends =
                    Admins.get(
                            admin.listOffsets(
                                            wanted,
                                            new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
                                    .all());
            return ends.entrySet().stream()
                    .map(end ->
                            new Position(
                                    end.getKey().topic(),
                                    end.getKey().partition(),
                                    end.getValue().offset()))
                    .collect(Collectors.toSet());
        }
    }
}
