package io.headwater.command.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// What browsers must hear with every answer. None of them is a page, so nothing may run or be
/// framed; nothing is stored unless its handler says otherwise.
final class SecurityHeaders extends HttpFilter {

    private static final String POLICY = "default-src 'none'; frame-ancestors 'none'";

    /// Swagger UI writes styles into its markup, and its icons are data.
    private static final String POLICY_OF_SWAGGER =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src"
                    + " 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none';"
                    + " frame-ancestors 'none'";

    private static final String HSTS = "max-age=31536000";

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader(
                "Content-Security-Policy",
                request.getServletPath().startsWith("/swagger-ui/") ? POLICY_OF_SWAGGER : POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", HSTS);
        }
        chain.doFilter(request, response);
    }
}
