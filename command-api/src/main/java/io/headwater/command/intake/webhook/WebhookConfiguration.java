package io.headwater.command.intake.webhook;

import io.headwater.command.intake.IntakeMetrics;
import io.headwater.command.intake.RequestAudit;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Puts webhooks at their path, in front of Spring MVC.
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    @Bean
    FilterRegistrationBean<WebhookEndpoint> webhookEndpoint(
            Webhooks webhooks, RequestAudit audit, IntakeMetrics metrics, Clock clock) {
        var registration =
                new FilterRegistrationBean<>(new WebhookEndpoint(webhooks, audit, metrics, clock));
        registration.addUrlPatterns(WebhookEndpoint.ROOT + "*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setName("webhooks");
        return registration;
    }
}
