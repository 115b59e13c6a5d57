package io.headwater.command.access;

import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.axon.DeciderMetrics;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.axon.DeciderSettings;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.schema.SchemaIds;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    @Bean
    DeciderRunner accessDecider(
            SchemaIds ids,
            KafkaSettings kafka,
            DeciderSettings settings,
            InstanceSettings instance,
            NamesOfPeople names,
            MeterRegistry meters) {
        return new DeciderRunner(
                AccessDecider.of(ids, names),
                new DeciderMetrics(meters, "access"),
                kafka,
                settings,
                instance);
    }
}
