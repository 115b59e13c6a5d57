package io.headwater.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Calls the platform as somebody outside does.
final class Caller {

    static final String JSON_TYPE = "application/json";

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(LIMIT)
                    .build();

    record Answer(int status, HttpHeaders headers, String text) {

        JsonNode json() {
            return JSON.readTree(text);
        }

        String type() {
            return headers.firstValue("Content-Type").orElse("");
        }
    }

    Answer get(URI url, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(url).timeout(LIMIT).GET();
        headers.forEach(request::header);
        return send(request.build());
    }

    /// @param method PATCH or PUT
    Answer change(String method, URI url, String body, Map<String, String> headers) {
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(LIMIT)
                        .header("Content-Type", JSON_TYPE)
                        .method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    Answer post(URI url, String type, String body, Map<String, String> headers) {
        return post(url, type, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    Answer post(URI url, String type, byte[] body, Map<String, String> headers) {
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(LIMIT)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request.build());
    }

    /// @throws Unanswered when no answer came: the request may have had its effect or not
    private Answer send(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (IOException e) {
            throw new Unanswered(request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted", e);
        }
    }

    static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unanswered(String message, Exception cause) {
            super(message, cause);
        }
    }
}
