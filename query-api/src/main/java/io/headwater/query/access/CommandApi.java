package io.headwater.query.access;

import io.headwater.query.platform.web.ProblemException;
import io.headwater.query.platform.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Passes a request on to command-api and its answer back, both unchanged.
@Component
class CommandApi implements DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(CommandApi.class);

    /// What the caller's request may carry along.
    private static final List<String> SENT =
            List.of(
                    "Authorization",
                    "X-API-Key",
                    "Content-Type",
                    "Accept",
                    "Idempotency-Key",
                    "If-Match",
                    "Prefer",
                    "traceparent");

    /// Of one connection only (RFC 9110, 7.6.1), or set anew on ours.
    private static final Set<String> NOT_RETURNED =
            Set.of(
                    "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length",
                    "date",
                    "vary",
                    "access-control-allow-origin",
                    "access-control-allow-credentials",
                    "access-control-expose-headers");

    private final CommandApiSettings settings;
    private final HttpClient client;

    CommandApi(CommandApiSettings settings) {
        this.settings = settings;
        this.client =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(settings.answerLimit())
                        .build();
    }

    ResponseEntity<byte[]> forward(HttpServletRequest request) throws IOException {
        HttpRequest.Builder forwarded =
                HttpRequest.newBuilder(target(request)).timeout(settings.answerLimit());
        byte[] body = body(request);
        forwarded.method(
                request.getMethod(),
                body.length == 0
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : SENT) {
            String value = request.getHeader(name);
            if (value != null) {
                forwarded.header(name, value);
            }
        }
        return answer(send(forwarded.build()));
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            log.atWarn().addKeyValue("cause", e.toString()).log("command-api does not answer");
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private static ProblemException unavailable() {
        return new ProblemException(
                ProblemKind.COMMAND_API_UNAVAILABLE,
                "the request may or may not have been handled; look before sending it again");
    }

    private URI target(HttpServletRequest request) {
        String base = settings.url().toString();
        String query = request.getQueryString();
        return URI.create(
                (base.endsWith("/") ? base.substring(0, base.length() - 1) : base)
                        + request.getRequestURI()
                        + (query == null ? "" : "?" + query));
    }

    private byte[] body(HttpServletRequest request) throws IOException {
        int most = Math.toIntExact(settings.largestBody().toBytes());
        byte[] body = request.getInputStream().readNBytes(most + 1);
        if (body.length > most) {
            throw new ProblemException(
                    ProblemKind.BODY_TOO_LARGE, "at most " + most + " bytes are forwarded");
        }
        return body;
    }

    private static ResponseEntity<byte[]> answer(HttpResponse<byte[]> response) {
        var headers = new HttpHeaders();
        response.headers()
                .map()
                .forEach((name, values) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (!NOT_RETURNED.contains(lower) && !lower.startsWith(":")) {
                        values.forEach(value -> headers.add(name, value));
                    }
                });
        return ResponseEntity.status(response.statusCode()).headers(headers).body(response.body());
    }

    @Override
    public void destroy() {
        client.shutdownNow();
        client.close();
    }
}
