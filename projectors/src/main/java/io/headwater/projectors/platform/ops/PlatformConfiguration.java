package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.schema.SchemaIds;
import io.headwater.streams.StoreMemory;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultReader;
import io.headwater.vault.VaultSettings;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What all projections share.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class PlatformConfiguration {

    @Bean
    SchemaIds schemaIds(ProjectorSettings settings) {
        return SchemaIds.of(settings.schemas().registryUrl(), settings.schemas().cacheFile());
    }

    @Bean
    VaultReader vaultReader(VaultSettings settings) {
        return new VaultReader(settings.login(), "headwater-projectors-vault", settings.keyLife());
    }

    @Bean
    PersonalKeys personalKeys(VaultReader vault) {
        return vault.personal();
    }

    @Bean
    StoreMemory storeMemory(ProjectorSettings settings) {
        return new StoreMemory(settings.streams().storeMemory().toBytes());
    }

    @Bean
    Admin admin(ProjectorSettings settings) {
        return Admin.create(
                settings.kafka()
                        .brokers()
                        .settings(
                                Map.of(
                                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                        10_000,
                                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                        5_000)));
    }
}
