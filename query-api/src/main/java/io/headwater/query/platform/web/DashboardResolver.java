package io.headwater.query.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.resource.PathResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/// The dashboard's files; a page of its own routing gets `index.html`, an unknown API path never.
final class DashboardResolver extends PathResourceResolver {
    private static final String INDEX = "index.html";

    @Override
    protected @Nullable Resource resolveResourceInternal(
            @Nullable HttpServletRequest request,
            String requestPath,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        if (!requestPath.isEmpty()) {
            Resource file = super.resolveResourceInternal(request, requestPath, locations, chain);
            if (file != null) {
                return file;
            }
        }
        return request != null && isPage(request)
                ? super.resolveResourceInternal(request, INDEX, locations, chain)
                : null;
    }

    private static boolean isPage(HttpServletRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        boolean root = request.getRequestURI().equals("/");
        return !ApiPaths.isApi(request)
                && (root || (accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)));
    }
}
