package io.headwater.command.platform.web.limit;

import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;

/// source: RFC 9110 Retry-After, draft-ietf-httpapi-ratelimit-headers
///
/// @param limit most per window
/// @param remaining what is left of it, as far as this instance knows
/// @param resetSeconds until the window ends, at least 1
public record Verdict(boolean allowed, long limit, long remaining, long resetSeconds) {

    /// Adds the `RateLimit-*` headers.
    public void tell(HttpServletResponse response) {
        response.setHeader("RateLimit-Limit", String.valueOf(limit));
        response.setHeader("RateLimit-Remaining", String.valueOf(remaining));
        response.setHeader("RateLimit-Reset", String.valueOf(resetSeconds));
    }

    /// @return 429 that says when the next window begins
    public Problem problem() {
        return ProblemType.RATE_LIMITED
                .with("More than " + limit + " requests in one window; see Retry-After.")
                .retryAfter(Duration.ofSeconds(resetSeconds));
    }
}
