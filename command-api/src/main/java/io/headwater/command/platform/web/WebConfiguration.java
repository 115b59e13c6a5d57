package io.headwater.command.platform.web;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.limit.RateLimits;
import io.headwater.web.ClientAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.catalina.core.StandardHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/// Puts the edge in front of the servlets.
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    private static final Logger log = LoggerFactory.getLogger(WebConfiguration.class);

    @Bean
    @ConditionalOnMissingBean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    ClientAddress clientAddress(WebSettings settings) {
        var addresses = new ClientAddress(settings.trustedProxies());
        if (addresses.trustsNobody()) {
            log.warn(
                    "no proxy is trusted, not even one on this machine: behind one, all visitors"
                            + " have its address; set headwater.web.trusted-proxies");
        }
        return addresses;
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders() {
        var registration = new FilterRegistrationBean<>(new SecurityHeaders());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<PublicEdgeFilter> publicEdge(
            WebSettings settings,
            ClientAddress addresses,
            AccessDirectory directory,
            RateLimits limits,
            MeterRegistry meters) {
        var registration =
                new FilterRegistrationBean<>(
                        new PublicEdgeFilter(settings, addresses, directory, limits, meters));
        registration.addUrlPatterns(
                "/track/*", "/forms/*", "/lead.capture", "/lead", "", "/commands/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /// Parameters come from the query string only: a body is read once, by `Body`, with a limit.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noForms() {
        return factory ->
                factory.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
    }

    /// Requests that Tomcat itself turns down get a problem document too.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemValve() {
        return factory ->
                factory.addContextCustomizers(context -> {
                    if (context.getParent() instanceof StandardHost host) {
                        host.setErrorReportValveClass(ProblemValve.class.getName());
                    }
                });
    }
}
