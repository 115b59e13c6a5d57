package io.headwater.jobs.platform.kafka;

import io.headwater.schema.SchemaIds;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SchemaConfiguration {

    @Bean
    SchemaIds schemaIds(SchemaSettings settings) {
        return SchemaIds.of(settings.registryUrl(), settings.cacheFile());
    }
}
