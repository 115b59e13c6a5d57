package io.headwater.jobs.platform.vault;

import io.headwater.vault.VaultLogin;
import io.headwater.vault.VaultReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class VaultConfiguration {

    @Bean
    VaultReader vaultReader(VaultSettings settings) {
        return new VaultReader(
                new VaultLogin(
                        settings.url(), settings.user(), settings.password(), settings.kek()),
                "headwater-stream-jobs-vault",
                settings.keyLife());
    }
}
