package io.headwater.query.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/// Tells a refused origin so with a problem document, like everything else that is refused.
final class CorsProblems extends DefaultCorsProcessor {

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration allowed,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        boolean passes = super.processRequest(allowed, request, response);
        if (!passes) {
            Problems.write(
                    new ProblemException(
                            ProblemKind.FORBIDDEN, "this origin, method or header may not call"),
                    request,
                    response);
        }
        return passes;
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) {
        // told above, where the request is known
    }
}
