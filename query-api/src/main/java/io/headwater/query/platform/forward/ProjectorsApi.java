package io.headwater.query.platform.forward;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/// Asks projectors, which has the folds, about one lead or session.
@Component
public class ProjectorsApi implements DisposableBean {
    /// What the caller's request may carry along.
    private static final List<String> SENT = List.of("Authorization", "X-API-Key", "traceparent");

    private static final byte[] NO_BODY = {};

    private final Forwarder forwarder;

    ProjectorsApi(ProjectorsApiSettings settings) {
        this.forwarder =
                new Forwarder(
                        new Forwarder.Target(
                                "projectors",
                                settings.url(),
                                settings.answerLimit(),
                                SENT,
                                ProblemKind.PROJECTORS_UNREACHABLE,
                                "a rebuild may or may not have been done; asking again does no"
                                        + " harm"));
    }

    /// @param key lead or session id
    /// @param question path below the key, with its query
    /// @param caller told to projectors as who acts
    /// @return its answer, a problem document included
    public ResponseEntity<byte[]> ask(
            String method,
            String projection,
            String key,
            String question,
            HttpServletRequest request,
            Caller caller) {
        HttpResponse<byte[]> answer =
                forwarder.send(method, path(projection, key, question), NO_BODY, request, caller);
        var headers = new HttpHeaders();
        answer.headers()
                .firstValue(HttpHeaders.CONTENT_TYPE)
                .ifPresent(type -> headers.add(HttpHeaders.CONTENT_TYPE, type));
        headers.setCacheControl("no-store");
        return ResponseEntity.status(answer.statusCode()).headers(headers).body(answer.body());
    }

    private static String path(String projection, String key, String question) {
        return "/keys/"
                + UriUtils.encode(projection, StandardCharsets.UTF_8)
                + "/"
                + UriUtils.encode(key, StandardCharsets.UTF_8)
                + "/"
                + question;
    }

    @Override
    public void destroy() {
        forwarder.close();
    }
}
