package io.headwater.launcher.erase;

import io.headwater.launcher.erase.Erase.Failed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// query-api with the key of administrators.
record Api(HttpClient client, String base, String key) {

    JsonNode get(String path) throws Failed, IOException, InterruptedException {
        return good(send(request(path).GET()));
    }

    /// @return an empty object where there is nothing yet
    JsonNode find(String path) throws Failed, IOException, InterruptedException {
        var answer = send(request(path).GET());
        return answer.statusCode() == 404 ? Erase.JSON.createObjectNode() : good(answer);
    }

    JsonNode post(String path, String body) throws Failed, IOException, InterruptedException {
        return good(
                send(
                        request(path)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("X-API-Key", key)
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode good(HttpResponse<String> answer) throws Failed {
        var body = Erase.JSON.readTree(answer.body());
        if (answer.statusCode() / 100 != 2) {
            throw new Failed(
                    body.path("title").asString("error " + answer.statusCode())
                            + ": "
                            + body.path("detail").asString(""));
        }
        return body;
    }
}
