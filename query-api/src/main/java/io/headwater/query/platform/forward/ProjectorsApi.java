package io.headwater.query.platform.forward;

import io.headwater.query.platform.access.Caller;
import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/// Asks projectors, which has the folds, about one lead or session.
@Component
public class ProjectorsApi implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(ProjectorsApi.class);

    private static final String ACTOR = "X-Headwater-Actor";

    /// What the caller's request may carry along.
    private static final List<String> SENT = List.of("Authorization", "X-API-Key", "traceparent");

    private final ProjectorsApiSettings settings;
    private final HttpClient client;

    ProjectorsApi(ProjectorsApiSettings settings) {
        this.settings = settings;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.answerLimit())
                        .build();
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
        HttpRequest.Builder asked =
                HttpRequest.newBuilder(uri(projection, key, question))
                        .timeout(settings.answerLimit())
                        .method(method, HttpRequest.BodyPublishers.noBody());
        for (String name : SENT) {
            String value = request.getHeader(name);
            if (value != null) {
                asked.header(name, value);
            }
        }
        asked.header(ACTOR, "key:" + caller.role().word());
        HttpResponse<byte[]> answer = send(asked.build());
        var headers = new HttpHeaders();
        answer.headers()
                .firstValue(HttpHeaders.CONTENT_TYPE)
                .ifPresent(type -> headers.add(HttpHeaders.CONTENT_TYPE, type));
        headers.setCacheControl("no-store");
        return ResponseEntity.status(answer.statusCode()).headers(headers).body(answer.body());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            log.atWarn().addKeyValue("cause", e.toString()).log("projectors does not answer");
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemKind.PROJECTORS_UNREACHABLE,
                "a rebuild may or may not have been done; asking again does no harm");
    }

    private URI uri(String projection, String key, String question) {
        String base = settings.url().toString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                        + "/keys/"
                        + UriUtils.encode(projection, StandardCharsets.UTF_8)
                        + "/"
                        + UriUtils.encode(key, StandardCharsets.UTF_8)
                        + "/"
                        + question);
    }

    @Override
    public void destroy() {
        client.shutdownNow();
        client.close();
    }
}
