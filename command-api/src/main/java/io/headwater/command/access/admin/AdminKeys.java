package io.headwater.command.access.admin;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.PreferredWait;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Problems;
import io.headwater.web.ClientAddress;
import io.headwater.web.KeyLockSettings;
import io.headwater.web.WrongKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets administrators pass: the key in `X-API-Key` or `Authorization: Bearer`, compared in
/// constant time. What they change is told by [AdminAudit].
final class AdminKeys implements HandlerInterceptor {

    private final AccessSettings settings;
    private final AccessDirectory directory;
    private final ClientAddress addresses;
    private final KeyLockSettings lock;
    private final WrongKeys wrongKeys;
    private final Counter waiting;

    AdminKeys(
            AccessSettings settings,
            AccessDirectory directory,
            ClientAddress addresses,
            KeyLockSettings lock,
            MeterRegistry meters) {
        this.settings = settings;
        this.directory = directory;
        this.addresses = addresses;
        this.lock = lock;
        this.wrongKeys = new WrongKeys(lock);
        this.waiting = meters.counter("access.keys.locked");
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        String presented = ApiKeys.presented(request);
        boolean admin = matches(settings.adminApiKey(), presented);
        boolean marketing = matches(settings.marketingApiKey(), presented);
        if (presented != null) {
            requireNoLock(request, !admin && !marketing);
        }
        if (admin) {
            Problems.requireReady(directory);
            if (!request.getMethod().equals("GET")) {
                PreferredWait.confirm(request, response);
            }
            return true;
        }
        if (marketing) {
            AdminAudit.refused(request, "key:marketing", HttpServletResponse.SC_FORBIDDEN);
            throw new Refused(
                    Refused.Reason.FORBIDDEN, "forbidden", "This key may not administer.");
        }
        AdminAudit.refused(request, "nobody", HttpServletResponse.SC_UNAUTHORIZED);
        throw new Refused(
                Refused.Reason.UNAUTHENTICATED,
                "unauthenticated",
                "An administrator's key is needed, in X-API-Key or as a Bearer token.");
    }

    /// Whose request it is must be known: else all who share a proxy would wait for one of them.
    private void requireNoLock(HttpServletRequest request, boolean wrong) {
        String place = addresses.place(request, lock.exemptLoopback());
        var wait = place == null ? Duration.ZERO : wrongKeys.judge(place, wrong);
        if (wait.isPositive()) {
            waiting.increment();
            AdminAudit.refused(request, "nobody", ProblemType.TOO_MANY_WRONG_KEYS.status().value());
            throw ProblemType.TOO_MANY_WRONG_KEYS
                    .with("Too many wrong keys came from this address; see Retry-After.")
                    .retryAfter(wait.plusSeconds(1))
                    .asException();
        }
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request,
            HttpServletResponse response,
            Object handler,
            @Nullable Exception fault) {
        AdminAudit.administered(request, response.getStatus());
    }

    private static boolean matches(String expected, @Nullable String presented) {
        return !expected.isEmpty()
                && presented != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8),
                        presented.getBytes(StandardCharsets.UTF_8));
    }
}
