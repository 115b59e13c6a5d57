package io.headwater.command.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// The key that a request presents, in either of the two accepted places.
public final class ApiKeys {

    private static final String BEARER = "Bearer ";

    private ApiKeys() {}

    /// @return of `X-API-Key`, else of `Authorization: Bearer`; null when there is none
    public static @Nullable String presented(HttpServletRequest request) {
        return presented(request.getHeader("X-API-Key"), request.getHeader("Authorization"));
    }

    public static @Nullable String presented(
            @Nullable String apiKey, @Nullable String authorization) {
        if (apiKey != null && !apiKey.isBlank()) {
            return apiKey.strip();
        }
        if (authorization != null
                && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                && !authorization.substring(BEARER.length()).isBlank()) {
            return authorization.substring(BEARER.length()).strip();
        }
        return null;
    }
}
