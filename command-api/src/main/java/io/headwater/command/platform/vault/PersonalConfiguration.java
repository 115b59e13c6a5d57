package io.headwater.command.platform.vault;

import io.headwater.command.platform.retention.RetentionRules;
import io.headwater.vault.BlindIndex;
import io.headwater.vault.DataKind;
import io.headwater.vault.Owner;
import io.headwater.vault.Patience;
import io.headwater.vault.PersonalKeys;
import io.headwater.vault.VaultSettings;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The vault in the forms in which personal data is sealed, opened and found again.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
class PersonalConfiguration {

    @Bean
    RecordSealer recordSealer(Vault vault, RetentionRules rules) {
        return new RecordSealer(
                vault,
                () -> vault.keys().take(),
                site -> vault.keys().of(new Owner("ip-lists", site)),
                site -> rules.ends(DataKind.BODIES, site),
                System::nanoTime);
    }

    /// For requests: they are answered 503 while the vault is away.
    @Bean
    PersonalKeys personalKeys(Vault vault) {
        return new PersonalKeys(vault);
    }

    /// For the deciders.
    @Bean
    NamesOfPeople namesOfPeople(Vault vault) {
        return new NamesOfPeople(
                new PersonalKeys(Patience.of(vault)),
                new BlindIndex(site ->
                        Patience.ask(() -> vault.keys().of(new Owner(BlindIndex.PURPOSE, site)))));
    }
}
