package io.headwater.query.platform.web;

import java.time.Duration;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.CacheControl;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// CORS before everything else, the dashboard's files, problem documents from Tomcat itself.
@Configuration
class WebConfiguration implements WebMvcConfigurer {
    private static final String DASHBOARD = "classpath:/static/";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        // The build puts a hash into these names.
        registry.addResourceHandler("/assets/**")
                .addResourceLocations(DASHBOARD + "assets/")
                .setCacheControl(
                        CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable());
        registry.addResourceHandler("/**")
                .addResourceLocations(DASHBOARD)
                .setCacheControl(CacheControl.noCache())
                .resourceChain(false)
                .addResolver(new DashboardResolver());
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(WebSettings settings) {
        var cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST", "PATCH", "DELETE"));
        cors.setAllowedHeaders(
                List.of(
                        "Authorization",
                        "X-API-Key",
                        "Content-Type",
                        "Last-Event-ID",
                        "Idempotency-Key",
                        "Prefer",
                        "traceparent"));
        cors.setExposedHeaders(
                List.of(
                        "X-As-Of",
                        "X-Generation",
                        "Retry-After",
                        "WWW-Authenticate",
                        "Location",
                        "Preference-Applied"));
        cors.setMaxAge(Duration.ofHours(1));
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", cors);
        var filter = new CorsFilter(source);
        filter.setCorsProcessor(new CorsProblems());
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }

    /// Parameters come from the query string only: a form goes on as it came, or is refused like
    /// any other body.
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> noForms() {
        return factory ->
                factory.addConnectorCustomizers(connector -> connector.setParseBodyMethods(""));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems() {
        return factory ->
                factory.addContextCustomizers(context -> {
                    if (context.getParent() instanceof StandardHost host) {
                        host.setErrorReportValveClass(ProblemValve.class.getName());
                    }
                });
    }
}
