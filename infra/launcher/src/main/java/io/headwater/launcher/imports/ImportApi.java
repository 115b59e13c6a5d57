package io.headwater.launcher.imports;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// The admin API of command-api. While it is away or asks for patience, a request waits and is sent
/// again: every row has a key, so that twice does no harm.
final class ImportApi {

    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 12;

    private final URI base;
    private final String key;
    private final Consumer<String> told;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /// @param told gets a line for who waits
    ImportApi(URI base, String key, Consumer<String> told) {
        this.base = base;
        this.key = key;
        this.told = told;
    }

    record Answer(int status, JsonNode body) {
        boolean good() {
            return status / 100 == 2;
        }

        String text(String member) {
            return body.path(member).asString("");
        }
    }

    /// @param path relative, with its query
    /// @return any answer but 401, 403, 429 and 5xx
    /// @throws ImportException when the key is not good, or it stays away
    Answer post(String path, String contentType, String body) {
        return call(
                HttpRequest.newBuilder(base.resolve(path))
                        .header("Content-Type", contentType)
                        .POST(BodyPublishers.ofString(body)));
    }

    /// @throws ImportException as [#post]
    Answer get(String path) {
        return call(HttpRequest.newBuilder(base.resolve(path)).GET());
    }

    private Answer call(HttpRequest.Builder wanted) {
        var request = wanted.timeout(LIMIT).header("X-API-Key", key).build();
        Duration pause = FIRST_PAUSE;
        String last = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                var response = send(request);
                int status = response.statusCode();
                if (status == 401 || status == 403) {
                    throw new ImportException(
                            base
                                    + " does not take the key: set HEADWATER_ADMIN_KEY to an"
                                    + " administrator's");
                }
                if (status != 429 && status < 500) {
                    return new Answer(status, tree(response.body()));
                }
                last = "answered " + status;
                pause = asked(response, pause);
            } catch (IOException away) {
                last = "does not answer";
            }
            if (attempt < ATTEMPTS) {
                told.accept(base + " " + last + ", trying again in " + pause.toMillis() + " ms");
                rest(pause);
                pause =
                        pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0
                                ? LONGEST_PAUSE
                                : pause.multipliedBy(2);
            }
        }
        throw new ImportException(
                base + " " + last + "; the same command goes on where this one stopped");
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ImportException("interrupted", stopped);
        }
    }

    private static Duration asked(HttpResponse<String> response, Duration otherwise) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(otherwise);
    }

    private static void rest(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ImportException("interrupted", stopped);
        }
    }

    private static JsonNode tree(String body) {
        try {
            return Rows.JSON.readTree(body.isBlank() ? "{}" : body);
        } catch (JacksonException foreign) {
            return Rows.JSON.createObjectNode();
        }
    }
}
