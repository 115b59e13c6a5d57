package io.headwater.command.intake;

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
    Submissions submissions(Contacts contacts) {
        return new Submissions(contacts);
    }

    @Bean
    Facts facts(Contacts contacts) {
        return new Facts(contacts);
    }
}
