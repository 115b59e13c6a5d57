package io.headwater.command.access.pages;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The scripts that pages embed. `?v=<version>` names a content, so it may be kept for ever; the
/// plain URL is asked again after an hour, and costs 304 when nothing changed.
@Hidden
@RestController
class ScriptController {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String FOR_AN_HOUR = "public, max-age=3600, stale-while-revalidate=86400";

    private final Map<String, Script> scripts =
            Stream.of("form.js", "tracker.js", "pulse.js", "recorder.js")
                    .collect(Collectors.toMap(Function.identity(), Script::ofBuild));

    @GetMapping({"/form.js", "/tracker.js", "/pulse.js", "/recorder.js"})
    void script(
            @RequestParam(required = false) @Nullable String v,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        var script = Objects.requireNonNull(scripts.get(request.getServletPath().substring(1)));
        String coding =
                ContentCodings.chosen(request.getHeader("Accept-Encoding"), script.codings());
        response.setHeader("Vary", "Accept-Encoding");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("ETag", script.tag(coding));
        response.setHeader("Cache-Control", script.version().equals(v) ? FOR_EVER : FOR_AN_HOUR);
        if (EntityTags.match(request.getHeader("If-None-Match"), script.tag(coding))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        if (!coding.equals(ContentCodings.IDENTITY)) {
            response.setHeader("Content-Encoding", coding);
        }
        byte[] body = script.body(coding);
        response.setContentType("text/javascript;charset=utf-8");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
