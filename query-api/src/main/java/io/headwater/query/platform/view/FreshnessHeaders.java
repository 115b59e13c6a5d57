package io.headwater.query.platform.view;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Puts `X-As-Of` and `X-Generation` on every answer of a handler that says what it [Reads].
@Configuration
class FreshnessHeaders implements WebMvcConfigurer, HandlerInterceptor {
    private final Freshness freshness;

    FreshnessHeaders(Freshness freshness) {
        this.freshness = freshness;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        // After the check of roles.
        registry.addInterceptor(this).order(1);
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        Reads reads = handler instanceof HandlerMethod method ? readsOf(method) : null;
        if (reads != null) {
            Freshness.Stand stand = freshness.of(List.of(reads.value()));
            if (stand.asOf() != null) {
                response.setHeader("X-As-Of", stand.asOf().toString());
                response.setHeader("X-Generation", stand.generations());
            }
        }
        return true;
    }

    private static @Nullable Reads readsOf(HandlerMethod method) {
        Reads onMethod = method.getMethodAnnotation(Reads.class);
        return onMethod != null ? onMethod : method.getBeanType().getAnnotation(Reads.class);
    }
}
