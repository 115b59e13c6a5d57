package io.headwater.command.platform.web;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.web.limit.RateLimits;
import io.headwater.command.platform.web.limit.RateLimits.Kind;
import io.headwater.command.platform.web.limit.Verdict;
import io.headwater.web.ClientAddress;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What every path that pages call from other origins has in common: CORS on every response, the
/// preflight, and the rate limits.
///
/// source: Fetch standard (CORS protocol)
final class PublicEdgeFilter extends HttpFilter {

    private static final Pattern ORIGIN = Pattern.compile("[!-~]{1,255}");
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_, -]{1,500}");

    private final transient ClientAddress addresses;
    private final transient AccessDirectory directory;
    private final transient RateLimits limits;
    private final transient WebSettings.RateLimit limit;
    private final transient Counter limited;
    private final String maxAge;

    PublicEdgeFilter(
            WebSettings settings,
            ClientAddress addresses,
            AccessDirectory directory,
            RateLimits limits,
            MeterRegistry meters) {
        this.addresses = addresses;
        this.directory = directory;
        this.limits = limits;
        this.limit = settings.rateLimit();
        this.maxAge = String.valueOf(settings.corsMaxAge().toSeconds());
        this.limited = meters.counter("web.requests.limited");
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        boolean preflight = request.getMethod().equals("OPTIONS");
        if (preflight || !onlyOwnPages(request)) {
            allowOrigin(origin, response);
        }
        if (preflight) {
            preflight(request, response);
            return;
        }
        var verdict = verdict(request);
        if (verdict != null) {
            verdict.tell(response);
            if (!verdict.allowed()) {
                limited.increment();
                Problems.write(request, response, verdict.problem());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /// What only the site's own pages may read: who answers allows their origin, and no other.
    private static boolean onlyOwnPages(HttpServletRequest request) {
        String path = request.getServletPath();
        return path.startsWith("/forms/") || path.equals("/track/config");
    }

    private static void allowOrigin(@Nullable String origin, HttpServletResponse response) {
        response.setHeader("Vary", "Origin");
        if (origin == null || !ORIGIN.matcher(origin).matches()) {
            response.setHeader("Access-Control-Allow-Origin", "*");
            return;
        }
        response.setHeader("Access-Control-Allow-Origin", origin);
        response.setHeader("Access-Control-Allow-Credentials", "true");
        response.setHeader(
                "Access-Control-Expose-Headers",
                "Location, Preference-Applied, Retry-After, RateLimit-Limit, RateLimit-Remaining,"
                        + " RateLimit-Reset");
    }

    private void preflight(HttpServletRequest request, HttpServletResponse response) {
        String wanted = request.getHeader("Access-Control-Request-Headers");
        String methods =
                request.getServletPath().startsWith("/commands/") || onlyOwnPages(request)
                        ? "GET, OPTIONS"
                        : "POST, OPTIONS";
        response.setHeader("Allow", methods);
        response.setHeader("Access-Control-Allow-Methods", methods);
        response.setHeader(
                "Access-Control-Allow-Headers",
                wanted != null && HEADER_NAMES.matcher(wanted).matches()
                        ? wanted
                        : "Content-Type, X-API-Key, Authorization, Idempotency-Key, Prefer");
        response.setHeader("Access-Control-Max-Age", maxAge);
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /// @return null for who is outside the limits
    private @Nullable Verdict verdict(HttpServletRequest request) {
        if (limit.exemptLoopback() && addresses.isLocal(request)) {
            return null;
        }
        String key = ApiKeys.presented(request);
        var integration = key == null ? null : directory.integrationByKey(key).orElse(null);
        if (integration != null && limit.keyRequests() > 0) {
            return limits.take(
                    Kind.KEY, integration.integrationId(), limit.keyRequests(), limit.window());
        }
        if (limit.requests() == 0 || (integration != null && limit.exemptKeyed())) {
            return null;
        }
        // asking what became of a lead does not cost the next lead
        var kind = request.getServletPath().startsWith("/commands/") ? Kind.STATUS : Kind.ADDRESS;
        return limits.take(kind, addresses.of(request), limit.requests(), limit.window());
    }
}
