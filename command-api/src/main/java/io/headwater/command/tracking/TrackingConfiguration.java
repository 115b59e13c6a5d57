package io.headwater.command.tracking;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.enrich.Enrichment;
import io.headwater.command.platform.enrich.ProxyHeaders;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.web.WebSettings;
import io.headwater.web.ClientAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Puts tracking at its path, behind nothing but what all public paths share (CORS, rate limit).
@Configuration(proxyBeanMethods = false)
class TrackingConfiguration {

    @Bean
    FilterRegistrationBean<TrackingEndpoint> tracking(
            TrackingSettings settings,
            WebSettings web,
            FactLog log,
            AccessDirectory directory,
            ClientAddress addresses,
            ProxyHeaders proxyHeaders,
            Enrichment enrichment,
            MeterRegistry meters,
            Clock clock) {
        var collector =
                new TrackingCollector(
                        settings,
                        log,
                        directory,
                        addresses,
                        proxyHeaders,
                        enrichment,
                        meters,
                        clock);
        var registration =
                new FilterRegistrationBean<>(
                        new TrackingEndpoint(collector, web.maxBody().toBytes()));
        registration.addUrlPatterns("/track/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        registration.setName("tracking");
        return registration;
    }
}
