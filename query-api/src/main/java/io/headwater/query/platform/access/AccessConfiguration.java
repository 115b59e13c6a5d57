package io.headwater.query.platform.access;

import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import io.headwater.query.platform.web.WebSettings;
import io.headwater.web.ClientAddress;
import io.headwater.web.KeyLockSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Gives handlers their [Caller] and keeps others than admins away from [AdminOnly] ones.
@Configuration
@EnableConfigurationProperties(KeyLockSettings.class)
class AccessConfiguration implements WebMvcConfigurer {

    @Bean
    ClientAddress clientAddress(WebSettings settings) {
        return new ClientAddress(settings.trustedProxies());
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new RoleCheck());
    }

    private static final class CallerArgument implements HandlerMethodArgumentResolver {
        @Override
        public boolean supportsParameter(MethodParameter parameter) {
            return parameter.getParameterType() == Caller.class;
        }

        @Override
        public Object resolveArgument(
                MethodParameter parameter,
                @Nullable ModelAndViewContainer container,
                NativeWebRequest request,
                @Nullable WebDataBinderFactory binders) {
            HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
            if (servletRequest == null) {
                throw new IllegalStateException("not a servlet request");
            }
            return Caller.of(servletRequest);
        }
    }

    private static final class RoleCheck implements HandlerInterceptor {
        @Override
        public boolean preHandle(
                HttpServletRequest request, HttpServletResponse response, Object handler) {
            if (handler instanceof HandlerMethod method
                    && isAdminOnly(method)
                    && !Caller.of(request).isAdmin()) {
                AccessAudit.refused(request, "key:marketing", HttpServletResponse.SC_FORBIDDEN);
                throw new ProblemException(ProblemKind.FORBIDDEN, "this needs the role admin");
            }
            return true;
        }

        @Override
        public void afterCompletion(
                HttpServletRequest request,
                HttpServletResponse response,
                Object handler,
                @Nullable Exception fault) {
            Caller.in(request)
                    .ifPresent(
                            caller -> AccessAudit.answered(request, caller, response.getStatus()));
        }

        private static boolean isAdminOnly(HandlerMethod method) {
            return method.hasMethodAnnotation(AdminOnly.class)
                    || method.getBeanType().isAnnotationPresent(AdminOnly.class);
        }
    }
}
