package io.headwater.command.platform.web;

import io.headwater.command.platform.directory.AccessDirectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What every path that pages call from other origins has in common: CORS on every response, the
/// preflight, and the rate limit.
///
/// source: Fetch standard (CORS protocol), RFC 9110 Retry-After,
/// draft-ietf-httpapi-ratelimit-headers
final class PublicEdgeFilter extends HttpFilter {

    private static final Pattern ORIGIN = Pattern.compile("[!-~]{1,255}");
    private static final Pattern HEADER_NAMES = Pattern.compile("[A-Za-z0-9_, -]{1,500}");

    private final transient ClientAddress addresses;
    private final transient AccessDirectory directory;
    private final transient @Nullable FixedWindow window;
    private final transient Clock clock;
    private final transient Counter limited;
    private final boolean exemptLoopback;
    private final boolean exemptKeyed;
    private final String maxAge;

    PublicEdgeFilter(
            WebSettings settings,
            ClientAddress addresses,
            AccessDirectory directory,
            MeterRegistry meters,
            Clock clock) {
        this.addresses = addresses;
        this.directory = directory;
        this.clock = clock;
        var limit = settings.rateLimit();
        this.window =
                limit.requests() == 0 ? null : new FixedWindow(limit.requests(), limit.window());
        this.exemptLoopback = limit.exemptLoopback();
        this.exemptKeyed = limit.exemptKeyed();
        this.maxAge = String.valueOf(settings.corsMaxAge().toSeconds());
        this.limited = meters.counter("web.requests.limited");
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String origin = request.getHeader("Origin");
        allowOrigin(origin, response);
        if (request.getMethod().equals("OPTIONS")) {
            preflight(request, response);
            return;
        }
        if (window != null && !exempt(request)) {
            var verdict = window.take(addresses.of(request), clock.millis());
            response.setHeader("RateLimit-Limit", String.valueOf(verdict.limit()));
            response.setHeader("RateLimit-Remaining", String.valueOf(verdict.remaining()));
            response.setHeader("RateLimit-Reset", String.valueOf(verdict.resetSeconds()));
            if (!verdict.allowed()) {
                limited.increment();
                Problems.write(
                        request,
                        response,
                        ProblemType.RATE_LIMITED
                                .with(
                                        "More than "
                                                + verdict.limit()
                                                + " requests in one window; see Retry-After.")
                                .retryAfter(java.time.Duration.ofSeconds(verdict.resetSeconds())));
                return;
            }
        }
        chain.doFilter(request, response);
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
                request.getServletPath().startsWith("/commands/")
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

    private boolean exempt(HttpServletRequest request) {
        if (exemptLoopback && addresses.isLocal(request)) {
            return true;
        }
        if (!exemptKeyed) {
            return false;
        }
        String key = ApiKeys.presented(request);
        return key != null && directory.integrationByKey(key).isPresent();
    }
}
