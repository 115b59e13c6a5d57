package io.headwater.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The application that the tests share, called by an administrator.
record RunningApi(ConfigurableApplicationContext context) {

    private static final String ADMIN = WholeApi.ADMIN;
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    record Answer(int status, JsonNode body, String tag) {

        String text(String member) {
            return body.path(member).asString("");
        }

        /// @return `<field> <message>` of each error of a problem
        java.util.List<String> errors() {
            return body.path("errors")
                    .valueStream()
                    .map(e -> e.path("field").asString() + " " + e.path("message").asString())
                    .toList();
        }
    }

    static RunningApi shared() {
        return new RunningApi(WholeApi.shared());
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Answer call(String method, String path, String body) {
        return call(method, path, body, ADMIN);
    }

    /// @param more names and values of headers
    Answer call(String method, String path, String body, String key, String... more) {
        var port = context.getEnvironment().getProperty("local.server.port");
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("X-API-Key", key)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < more.length; i += 2) {
            request.header(more[i], more[i + 1]);
        }
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    JSON.readTree(answer.body()),
                    answer.headers().firstValue("ETag").orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer changeIf(String tag, String path, String body) {
        return call("PATCH", path, body, ADMIN, "If-Match", tag);
    }
}
