package io.headwater.query.platform.view;

import org.springframework.aop.Advisor;
import org.springframework.aop.support.ComposablePointcut;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.aop.support.annotation.AnnotationMatchingPointcut;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;

/// Every handler that says what it [Reads] answers by way of [PageReader].
///
/// Around the handler itself, not around the request: arguments are checked before it, and the
/// answer is written to the client after it, so that neither a slow client nor a bad request keeps
/// a connection.
@Configuration(proxyBeanMethods = false)
class OnePage {

    /// @param reader asked for late: what makes proxies is there before what reads Postgres
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor pages(ObjectProvider<PageReader> reader) {
        var handlers =
                new ComposablePointcut(new AnnotationMatchingPointcut(Reads.class))
                        .union(AnnotationMatchingPointcut.forMethodAnnotation(Reads.class));
        return new DefaultPointcutAdvisor(
                handlers,
                (org.aopalliance.intercept.MethodInterceptor)
                        handler -> reader.getObject().read(handler));
    }
}
