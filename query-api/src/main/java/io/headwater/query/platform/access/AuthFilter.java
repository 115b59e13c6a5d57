package io.headwater.query.platform.access;

import io.headwater.query.platform.web.ApiPaths;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import io.headwater.query.platform.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Lets requests to the API pass with a key only. Runs after CORS, so a preflight needs none.
///
/// The key comes as `Authorization: Bearer KEY` or `X-API-Key: KEY`, never in the URL.
@Component
@Order(AuthFilter.ORDER)
class AuthFilter extends OncePerRequestFilter {
    static final int ORDER = 0;
    private static final String BEARER = "Bearer ";

    private final ApiKeys keys;

    AuthFilter(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!ApiPaths.isApi(request)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Role> role = presented(request).flatMap(keys::roleOf);
        if (role.isEmpty()) {
            AccessAudit.refused(request, "nobody", HttpServletResponse.SC_UNAUTHORIZED);
            Problems.write(
                    new ProblemException(
                            ProblemKind.UNAUTHENTICATED,
                            "send a key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'"),
                    request,
                    response);
            return;
        }
        new Caller(role.get()).bindTo(request);
        chain.doFilter(request, response);
    }

    private static Optional<String> presented(HttpServletRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return Optional.ofNullable(request.getHeader("X-API-Key")).map(String::strip);
    }
}
