package io.headwater.query.platform.web;

import io.headwater.web.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/// Turns a [ProblemException] into an answer: in the dispatcher, in filters before it, in the
/// container.
public final class Problems {
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final JsonMapper JSON = JsonMapper.shared();

    private Problems() {}

    static ResponseEntity<Problem> answer(ProblemException e, String traceId) {
        return ResponseEntity.status(e.kind().status())
                .headers(headers(e.kind()))
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(document(e, traceId));
    }

    /// For filters, which run before there is a message converter.
    public static void write(
            ProblemException e, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        write(e, TraceId.of(request), response);
    }

    static void write(ProblemException e, String traceId, HttpServletResponse response)
            throws IOException {
        byte[] body = JSON.writeValueAsBytes(document(e, traceId));
        response.setStatus(e.kind().status().value());
        headers(e.kind()).forEach((name, values) -> response.setHeader(name, values.getFirst()));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static Problem document(ProblemException e, String traceId) {
        ProblemKind kind = e.kind();
        return new Problem(
                kind.type(),
                kind.title(),
                kind.status().value(),
                e.detail(),
                e.errors(),
                traceId,
                e.detail());
    }

    private static HttpHeaders headers(ProblemKind kind) {
        var headers = new HttpHeaders();
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        switch (kind) {
            case UNAUTHENTICATED -> headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            case POSTGRES_UNAVAILABLE,
                    VIEWS_MISSING,
                    TOO_MANY_STREAMS,
                    COMMAND_API_UNAVAILABLE,
                    PROJECTORS_UNREACHABLE ->
                    headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            default -> {}
        }
        return headers;
    }
}
