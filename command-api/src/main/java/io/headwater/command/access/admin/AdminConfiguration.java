package io.headwater.command.access.admin;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.web.ClientAddress;
import io.headwater.web.KeyLockSettings;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeyLockSettings.class)
class AdminConfiguration {

    @Bean
    WebMvcConfigurer administratorsOnly(
            AccessSettings settings,
            AccessDirectory directory,
            ClientAddress addresses,
            KeyLockSettings lock,
            MeterRegistry meters) {
        var keys = new AdminKeys(settings, directory, addresses, lock, meters);
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(keys).addPathPatterns("/analytics/**", "/admin/**");
            }
        };
    }
}
