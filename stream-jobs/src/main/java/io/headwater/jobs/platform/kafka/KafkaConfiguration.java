package io.headwater.jobs.platform.kafka;

import io.headwater.schema.SchemaIds;
import io.headwater.streams.StoreMemory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class KafkaConfiguration {

    @Bean
    SchemaIds schemaIds(SchemaSettings settings) {
        return SchemaIds.of(settings.registryUrl(), settings.cacheFile());
    }

    @Bean
    StoreMemory storeMemory(KafkaSettings settings) {
        return new StoreMemory(settings.storeMemory().toBytes());
    }
}
