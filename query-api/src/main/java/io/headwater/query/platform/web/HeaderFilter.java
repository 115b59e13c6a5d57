package io.headwater.query.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Headers that browsers need to hear on every answer. Answers of the API are never stored: they
/// hold personal data.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class HeaderFilter extends OncePerRequestFilter {
    private static final String POLICY =
            "default-src 'self'; script-src 'self'; style-src 'self'; "
                    + "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
                    + "object-src 'none'; base-uri 'none'; form-action 'self'; "
                    + "frame-ancestors 'none'";

    /// Swagger UI writes styles into its markup, and its icons are data.
    private static final String POLICY_OF_SWAGGER =
            POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
                    .replace("font-src 'self'", "font-src 'self' data:");

    private static final String HSTS = "max-age=31536000";

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setHeader(
                "Content-Security-Policy",
                request.getServletPath().startsWith("/swagger-ui/") ? POLICY_OF_SWAGGER : POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader(
                "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", HSTS);
        }
        if (ApiPaths.isApi(request)) {
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        chain.doFilter(request, response);
    }
}
