package io.headwater.command.access.admin;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.ApiKeys;
import io.headwater.command.platform.web.PreferredWait;
import io.headwater.command.platform.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerInterceptor;

/// Lets administrators pass: the key in `X-API-Key` or `Authorization: Bearer`, compared in
/// constant time. What they change is told by [AdminAudit].
final class AdminKeys implements HandlerInterceptor {

    private final AccessSettings settings;
    private final AccessDirectory directory;

    AdminKeys(AccessSettings settings, AccessDirectory directory) {
        this.settings = settings;
        this.directory = directory;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        String presented = ApiKeys.presented(request);
        if (matches(settings.adminApiKey(), presented)) {
            Problems.requireReady(directory);
            if (!request.getMethod().equals("GET")) {
                PreferredWait.confirm(request, response);
            }
            return true;
        }
        if (matches(settings.marketingApiKey(), presented)) {
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
