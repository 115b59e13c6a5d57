package io.headwater.command.lead;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.axon.DeciderMetrics;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.axon.DeciderSettings;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.schema.SchemaIds;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LeadConfiguration {

    @Bean
    DeciderRunner leadDecider(
            SchemaIds ids,
            LeadSettings lead,
            KafkaSettings kafka,
            DeciderSettings settings,
            InstanceSettings instance,
            NamesOfPeople people,
            Suppressions suppressions,
            MeterRegistry meters) {
        return new DeciderRunner(
                LeadDecider.of(
                        ids, lead.reengageAfter(), new LeadMetrics(meters), people, suppressions),
                new DeciderMetrics(meters, "lead"),
                kafka,
                settings,
                instance);
    }
}
