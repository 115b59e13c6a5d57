package io.headwater.query.platform.view;

import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// Reads all of one answer from one state of the views, and says which in `X-Generation` and
/// `X-As-Of`.
///
/// All queries of a handler run in one repeatable-read, read-only transaction. A snapshot alone is
/// not enough: the definition of a view is always the newest, whatever the snapshot. So first of
/// all a view of each projection is held, which keeps a switch of generations out until the answer
/// is read (it waits and tries again); then the snapshot is taken. A wait for a position belongs
/// before both.
///
/// A handler keeps one connection while it runs; it asks no other application meanwhile.
@Component
class PageReader {
    /// Of each projection the view that a switch takes first, by name: who holds it is waited for
    /// by a switch that holds nothing yet, so that other readers go on.
    static final Map<String, String> FIRST_VIEWS =
            Map.of(
                    "intake", "read.intake_15m",
                    "lead_volume", "read.lead_volume_15m",
                    "leads", "read.lead_appointments",
                    "sessions", "read.sessions",
                    "traffic", "read.page_views_15m",
                    "webhooks", "read.webhooks");

    private final TransactionTemplate page;
    private final JdbcClient jdbc;
    private final Freshness freshness;

    PageReader(PlatformTransactionManager transactions, JdbcClient jdbc, Freshness freshness) {
        // The pool's connections are repeatable-read, so that no statement has to say it.
        this.page = new TransactionTemplate(transactions);
        this.page.setReadOnly(true);
        this.jdbc = jdbc;
        this.freshness = freshness;
    }

    @Nullable Object read(MethodInvocation handler) {
        List<String> projections = List.of(readsOf(handler).value());
        return page.execute(_ -> {
            hold(projections);
            tell(freshness.of(projections));
            return proceed(handler);
        });
    }

    private void hold(List<String> projections) {
        String views =
                projections.stream()
                        .map(name -> Objects.requireNonNull(FIRST_VIEWS.get(name), name))
                        .sorted()
                        .collect(Collectors.joining(", "));
        jdbc.sql("lock table " + views + " in access share mode").update();
    }

    private static void tell(Freshness.Stand stand) {
        HttpServletResponse response =
                RequestContextHolder.currentRequestAttributes()
                                instanceof ServletRequestAttributes servlet
                        ? servlet.getResponse()
                        : null;
        if (response != null && stand.asOf() != null) {
            response.setHeader("X-As-Of", stand.asOf().toString());
            response.setHeader("X-Generation", stand.generations());
        }
    }

    private static Reads readsOf(MethodInvocation handler) {
        Method method = handler.getMethod();
        Reads onMethod = method.getAnnotation(Reads.class);
        return onMethod != null
                ? onMethod
                : Objects.requireNonNull(method.getDeclaringClass().getAnnotation(Reads.class));
    }

    private static @Nullable Object proceed(MethodInvocation handler) {
        try {
            return handler.proceed();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable checked) {
            throw new UndeclaredThrowableException(checked);
        }
    }
}
