package io.headwater.command.access.admin;

import io.headwater.command.platform.directory.AccessDirectory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class AdminConfiguration {

    @Bean
    WebMvcConfigurer administratorsOnly(AccessSettings settings, AccessDirectory directory) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new AdminKeys(settings, directory))
                        .addPathPatterns("/analytics/**", "/admin/**");
            }
        };
    }
}
