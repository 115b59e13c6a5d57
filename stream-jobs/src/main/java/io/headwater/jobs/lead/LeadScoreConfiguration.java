package io.headwater.jobs.lead;

import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.jobs.platform.kafka.StreamsJob;
import io.headwater.jobs.platform.kafka.StreamsProperties;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.streams.DeadLetters;
import io.headwater.streams.StoreMemory;
import io.headwater.vault.VaultReader;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LeadScoreConfiguration {

    @Bean
    StreamsJob leadScoreJob(
            LeadScoreSettings settings,
            InstanceSettings instance,
            KafkaSettings kafka,
            StoreMemory memory,
            SchemaIds schemaIds,
            VaultReader vault,
            MeterRegistry registry) {
        var metrics = new LeadScoreMetrics(registry);
        var properties = StreamsProperties.of(settings.applicationId(), kafka, instance, memory);
        DeadLetters.parkTo(Topics.SCORE_DEAD_LETTERS.name(), properties, metrics::parked);
        return new StreamsJob(
                "lead-score",
                LeadScoreTopology.build(
                        settings,
                        schemaIds,
                        metrics,
                        new Addresses(vault.patient(), vault.blindIndex())),
                properties,
                registry);
    }
}
