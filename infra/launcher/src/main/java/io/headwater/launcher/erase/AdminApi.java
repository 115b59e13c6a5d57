package io.headwater.launcher.erase;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// query-api with the key of administrators. Its methods throw [Failed] with what a problem says.
record AdminApi(HttpClient client, String base, String key) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final int NOT_FOUND = 404;

    JsonNode get(String path) throws Failed, IOException, InterruptedException {
        return good(send(request(path).GET()));
    }

    /// @return an empty object where there is nothing yet
    JsonNode find(String path) throws Failed, IOException, InterruptedException {
        var answer = send(request(path).GET());
        return answer.statusCode() == NOT_FOUND ? JSON.createObjectNode() : good(answer);
    }

    JsonNode post(String path, String body) throws Failed, IOException, InterruptedException {
        return good(
                send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    /// @return to be read and closed; it may be long
    InputStream stream(String path) throws Failed, IOException, InterruptedException {
        var answer =
                client.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() / 100 != 2) {
            try (var body = answer.body()) {
                throw problem(
                        answer.statusCode(),
                        new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return answer.body();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("X-API-Key", key)
                .timeout(ANSWER_LIMIT);
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode good(HttpResponse<String> answer) throws Failed {
        if (answer.statusCode() / 100 != 2) {
            throw problem(answer.statusCode(), answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private static Failed problem(int status, String body) {
        try {
            var told = JSON.readTree(body);
            return new Failed(
                    told.path("title").asString("error " + status)
                            + ": "
                            + told.path("detail").asString(""));
        } catch (JacksonException none) {
            return new Failed("error " + status);
        }
    }
}
