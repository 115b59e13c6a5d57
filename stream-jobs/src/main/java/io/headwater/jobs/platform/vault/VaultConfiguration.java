package io.headwater.jobs.platform.vault;

import io.headwater.vault.VaultReader;
import io.headwater.vault.VaultSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class VaultConfiguration {

    @Bean
    VaultReader vaultReader(VaultSettings settings) {
        return new VaultReader(settings.login(), "headwater-stream-jobs-vault", settings.keyLife());
    }
}
