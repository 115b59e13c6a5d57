package io.headwater.command.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// The page that a browser says a request comes from.
public final class Origins {

    private Origins() {}

    /// @return host of `Origin`, else of `Referer`, lower case, without port; null when neither
    ///   names one
    public static @Nullable String host(HttpServletRequest request) {
        String origin = hostOf(request.getHeader("Origin"));
        return origin != null ? origin : hostOf(request.getHeader("Referer"));
    }

    private static @Nullable String hostOf(@Nullable String url) {
        if (url == null || url.isBlank() || url.equals("null")) {
            return null;
        }
        try {
            // a Referer's query may hold what java.net.URI refuses; the authority ends before it
            String head = url.strip().split("[?#]", 2)[0];
            int path = head.indexOf('/', head.indexOf("://") + 3);
            String host = new URI(path < 0 ? head : head.substring(0, path)).getHost();
            return host == null ? null : host.toLowerCase(java.util.Locale.ROOT);
        } catch (URISyntaxException noUrl) {
            return null;
        }
    }
}
