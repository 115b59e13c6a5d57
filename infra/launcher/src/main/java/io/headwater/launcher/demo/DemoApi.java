package io.headwater.launcher.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The platform's HTTP API, as a customer's pages and servers call it.
final class DemoApi {

    static final JsonMapper JSON = new JsonMapper();

    private static final String JSON_TYPE = "application/json";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final DemoSettings settings;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(LIMIT)
                    .build();

    DemoApi(DemoSettings settings) {
        this.settings = settings;
    }

    /// Creates something with the admin key.
    ///
    /// @throws DemoException unless the answer is 2xx
    JsonNode administer(String path, ObjectNode body) {
        var answer = create(path, body);
        requireMade(path, answer, answer.statusCode() / 100 == 2);
        return JSON.readTree(answer.body());
    }

    /// Creates something that may be there already.
    ///
    /// @throws DemoException unless the answer is 2xx or 409
    void provide(String path, ObjectNode body) {
        var answer = create(path, body);
        requireMade(path, answer, answer.statusCode() / 100 == 2 || answer.statusCode() == 409);
    }

    private static void requireMade(String path, HttpResponse<String> answer, boolean made) {
        if (!made) {
            throw new DemoException(
                    "%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()), null);
        }
    }

    private HttpResponse<String> create(String path, ObjectNode body) {
        try {
            return send(
                    settings.queryApi().resolve(path),
                    JSON_TYPE,
                    body.toString(),
                    Map.of("X-API-Key", settings.adminApiKey()));
        } catch (IOException away) {
            throw new DemoException(path + " does not answer: " + away.getMessage(), away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted", stopped);
        }
    }

    /// Does something with a lead, as somebody in the dashboard; a rule may refuse it.
    ///
    /// @return whether it was done
    boolean act(String leadId, String action, ObjectNode body)
            throws IOException, InterruptedException {
        var answer =
                deliver(
                        settings.queryApi().resolve("/analytics/leads/" + leadId + "/" + action),
                        JSON_TYPE,
                        body.toString(),
                        Map.of("X-API-Key", settings.adminApiKey()));
        return answer.statusCode() / 100 == 2;
    }

    /// Posts JSON to the command API; any answer but 5xx counts.
    JsonNode post(String path, ObjectNode body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var answer =
                deliver(settings.commandApi().resolve(path), JSON_TYPE, body.toString(), headers);
        return JSON.readTree(answer.body());
    }

    /// Posts a form as a browser does and stays on the page.
    void submit(String path, Map<String, String> fields, Map<String, String> headers)
            throws IOException, InterruptedException {
        String body =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        deliver(
                settings.commandApi().resolve(path),
                "application/x-www-form-urlencoded",
                body,
                headers);
    }

    void webhook(URI url, Delivery delivery) throws IOException, InterruptedException {
        deliver(url, JSON_TYPE, delivery.body(), delivery.headers());
    }

    private HttpResponse<String> deliver(
            URI url, String type, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var answer = send(url, type, body, headers);
        if (answer.statusCode() >= 500) {
            throw new IOException(url.getPath() + " answered " + answer.statusCode());
        }
        return answer;
    }

    private HttpResponse<String> send(
            URI url, String type, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(url)
                        .timeout(LIMIT)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
