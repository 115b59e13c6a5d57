package io.headwater.command.access.pages;

import io.headwater.command.platform.web.Problem;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.Problems;
import io.headwater.command.platform.web.body.Json;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers that pages of the site's own domains may read; others get 403 and no CORS header, so
/// that not even the reason is theirs.
final class OwnPages {

    /// Changes are seen within this by pages that ask again; what is unchanged costs 304 only.
    private static final String CACHE = "public, max-age=60, must-revalidate";

    private static final Logger log = LoggerFactory.getLogger(OwnPages.class);

    private final String what;
    private final MeterRegistry meters;

    /// @param what is asked for; its refusals are counted in `<what>.refused`, by reason
    OwnPages(String what, MeterRegistry meters) {
        this.what = what;
        this.meters = meters;
    }

    /// @param document makes the answer, or throws why the page gets none
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            Supplier<Map<String, Object>> document)
            throws IOException {
        response.setHeader("Vary", "Origin, Referer");
        try {
            byte[] body = Json.write(document.get()).getBytes(StandardCharsets.UTF_8);
            String origin = request.getHeader("Origin");
            if (origin != null) {
                response.setHeader("Access-Control-Allow-Origin", origin);
            }
            write(body, request, response);
        } catch (ProblemException refused) {
            refuse(refused.problem(), request, response);
        }
    }

    private static void write(byte[] body, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String tag = EntityTags.of(body);
        response.setHeader("ETag", tag);
        response.setHeader("Cache-Control", CACHE);
        if (EntityTags.match(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private void refuse(Problem problem, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String reason = String.valueOf(problem.reason());
        meters.counter(what + ".refused", "reason", reason).increment();
        log.atInfo()
                .addKeyValue("what", what)
                .addKeyValue("reason", reason)
                .log("configuration refused");
        Problems.write(request, response, problem);
    }
}
