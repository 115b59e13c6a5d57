package io.headwater.query.platform.access;

import io.headwater.query.platform.web.ApiPaths;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import io.headwater.query.platform.web.Problems;
import io.headwater.web.ClientAddress;
import io.headwater.web.KeyLockSettings;
import io.headwater.web.WrongKeys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
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
    private final ClientAddress addresses;
    private final KeyLockSettings lock;
    private final WrongKeys wrongKeys;

    AuthFilter(ApiKeys keys, ClientAddress addresses, KeyLockSettings lock) {
        this.keys = keys;
        this.addresses = addresses;
        this.lock = lock;
        this.wrongKeys = new WrongKeys(lock);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!ApiPaths.isApi(request)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<String> presented = presented(request);
        Optional<Role> role = presented.flatMap(keys::roleOf);
        var wait = presented.isEmpty() ? Duration.ZERO : wait(request, role.isEmpty());
        if (wait.isPositive()) {
            var kind = ProblemKind.TOO_MANY_WRONG_KEYS;
            AccessAudit.refused(request, "nobody", kind.status().value());
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(wait.plusSeconds(1).toSeconds()));
            Problems.write(
                    new ProblemException(
                            kind, "too many wrong keys came from this address; see Retry-After"),
                    request,
                    response);
            return;
        }
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

    /// Whose request it is must be known: else all who share a proxy would wait for one of them.
    private Duration wait(HttpServletRequest request, boolean wrong) {
        String place = addresses.place(request, lock.exemptLoopback());
        return place == null ? Duration.ZERO : wrongKeys.judge(place, wrong);
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
