package io.headwater.query.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/// Which paths are the API: they need a key and never fall back to the dashboard.
public final class ApiPaths {
    private static final List<String> ROOTS =
            List.of("/analytics", "/api", "/admin", "/commands", "/replay/sessions");

    private ApiPaths() {}

    /// Judges the path as the container understood it: decoded, without `..`, `//` and parameters.
    public static boolean isApi(HttpServletRequest request) {
        String path =
                request.getPathInfo() == null
                        ? request.getServletPath()
                        : request.getServletPath() + request.getPathInfo();
        return isApi(path);
    }

    static boolean isApi(String path) {
        return ROOTS.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
    }
}
