package io.headwater.command.intake;

import io.headwater.command.platform.contact.Contacts;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.enrich.Enrichment;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The pure parts of intake, as beans.
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    Contacts contacts() {
        return new Contacts();
    }

    @Bean
    Submissions submissions(Contacts contacts, Enrichment enrichment, AccessDirectory directory) {
        return new Submissions(
                contacts,
                new Traits(
                        enrichment,
                        site ->
                                directory
                                        .siteById(site)
                                        .map(known -> known.settings().competitorDomains())
                                        .orElse(List.of())));
    }

    @Bean
    Facts facts(Contacts contacts) {
        return new Facts(contacts);
    }
}
