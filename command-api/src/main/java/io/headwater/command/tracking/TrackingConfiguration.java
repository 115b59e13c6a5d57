package io.headwater.command.tracking;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.kafka.FactLog;
import io.headwater.command.platform.web.ClientAddress;
import io.headwater.command.platform.web.WebSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the tracking servlet at its path.
@Configuration(proxyBeanMethods = false)
class TrackingConfiguration {

    @Bean
    ServletRegistrationBean<TrackingServlet> tracking(
            TrackingSettings settings,
            WebSettings web,
            FactLog log,
            AccessDirectory directory,
            ClientAddress addresses,
            MeterRegistry meters,
            Clock clock) {
        var collector = new TrackingCollector(settings, log, directory, addresses, meters, clock);
        var registration =
                new ServletRegistrationBean<>(
                        new TrackingServlet(collector, web.maxBody().toBytes()), "/track/*");
        registration.setName("tracking");
        return registration;
    }
}
