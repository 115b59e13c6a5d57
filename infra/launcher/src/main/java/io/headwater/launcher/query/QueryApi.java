package io.headwater.launcher.query;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// query-api of the platform that runs on a data folder, with its key of administrators.
public final class QueryApi implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /// Longer than query-api waits for the projectors (10 s) and Postgres together.
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final JsonNode told;
    private final URI base;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private QueryApi(JsonNode told, String url, String key) {
        this.told = told;
        this.base = URI.create(url);
        this.key = key;
    }

    /// @param data of the running platform
    public static QueryApi on(Path data) throws NotRunningException {
        Path file = data.resolve("run").resolve("headwater.json");
        try {
            var told = JSON.readTree(Files.readString(file));
            String url = told.path("query_api").asString("");
            String key = told.path("admin_api_key").asString("");
            if (url.isEmpty() || key.isEmpty()) {
                throw new NotRunningException(file + " tells no address or key of query-api");
            }
            return new QueryApi(told, url, key);
        } catch (IOException | JacksonException away) {
            throw new NotRunningException(
                    "Headwater does not run on " + data + "; ./headwater up starts it", away);
        }
    }

    /// All that the run file says.
    public JsonNode told() {
        return told;
    }

    /// Where it is.
    public URI base() {
        return base;
    }

    /// @param path with its query, see [#encoded]
    /// @throws IOException when it does not answer within a minute, or does well without JSON
    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    /// @throws IOException as [#get]
    public Answer post(String path) throws IOException, InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /// @param json the body
    /// @throws IOException as [#get]
    public Answer post(String path, String json) throws IOException, InterruptedException {
        BodyPublisher body = BodyPublishers.ofString(json);
        return send(request(path).header("Content-Type", "application/json").POST(body));
    }

    /// @return as a segment of a path, or a value of a query
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).header("X-API-Key", key).timeout(LIMIT);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), BodyHandlers.ofString());
        String text = answer.body();
        try {
            return new Answer(
                    answer.statusCode(), JSON.readTree(text.isBlank() ? "{}" : text), text);
        } catch (JacksonException foreign) {
            if (answer.statusCode() / 100 == 2) {
                throw new IOException(base + " is no query-api: it answers no JSON", foreign);
            }
            return new Answer(answer.statusCode(), JSON.createObjectNode(), text);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
