package io.headwater.launcher.projections;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `/api/projections` of the query-api that runs on some data, with its admin key.
final class OperatorApi {
    static final JsonMapper JSON = JsonMapper.builder().build();

    /// Longer than query-api waits for the projectors (10 s) and Postgres together.
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String ROOT = "/api/projections";

    private final URI base;
    private final String key;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    private OperatorApi(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /// It does not answer now; a later attempt may find it.
    static final class Away extends Exception {
        private static final long serialVersionUID = 1L;

        Away(String message) {
            super(message);
        }
    }

    /// @param body empty object where the answer is not JSON
    record Answer(int status, JsonNode body, String text) {
        boolean good() {
            return status / 100 == 2;
        }

        /// Last part of the problem's type, for example `rebuild-running`.
        String rule() {
            String type = body.path("type").asString("");
            return type.substring(type.lastIndexOf('/') + 1);
        }

        String detail() {
            StringBuilder detail =
                    new StringBuilder(body.path("detail").asString("it answered " + status));
            for (JsonNode error : body.path("errors")) {
                detail.append("; ")
                        .append(error.path("field").asString(""))
                        .append(' ')
                        .append(error.path("message").asString(""));
            }
            return detail.toString();
        }
    }

    /// @param data of the running platform
    /// @throws OperatorException when none runs there
    static OperatorApi of(Path data) {
        Path file = data.resolve("run").resolve("headwater.json");
        try {
            JsonNode told = JSON.readTree(Files.readString(file));
            String url = told.path("query_api").asString("");
            String key = told.path("admin_api_key").asString("");
            if (url.isEmpty() || key.isEmpty()) {
                throw new OperatorException(file + " tells no address or key of query-api");
            }
            return new OperatorApi(URI.create(url), key);
        } catch (IOException | JacksonException away) {
            throw new OperatorException(
                    "Headwater does not run on " + data + "; ./headwater up starts it", away);
        }
    }

    /// All generations, also those that are gone.
    ///
    /// @throws OperatorException when there is no such projection
    List<Generation> generations(String projection) throws Away {
        return generations(good(call(get("/" + projection + "?all=true"))));
    }

    /// Those that are not gone, of all projections.
    List<Generation> generations() throws Away {
        return generations(good(call(get(""))));
    }

    private static List<Generation> generations(Answer answer) {
        return answer.body().valueStream().map(Generation::new).toList();
    }

    /// What a projection's generation was compared with, and how; 404 when it was not.
    Answer report(String projection, int generation) throws Away {
        return call(get("/" + projection + "/generations/" + generation + "/report"));
    }

    /// Comparisons of some keys with what their events give, the newest first.
    List<Sample> samples(String projection) throws Away {
        return good(call(get("/" + projection + "/samples")))
                .body()
                .valueStream()
                .map(Sample::new)
                .toList();
    }

    /// @return 202, or the problem that says why not
    Answer ask(String projection, String action, JsonNode options) throws Away {
        return call(
                HttpRequest.newBuilder(base.resolve(ROOT + "/" + projection + "/" + action))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(JSON.writeValueAsString(options))));
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(base.resolve(ROOT + path)).GET();
    }

    private Answer good(Answer answer) throws Away {
        if (answer.status() >= 500) {
            throw new Away("query-api answered " + answer.status() + ": " + answer.detail());
        }
        if (!answer.good()) {
            throw new OperatorException(answer.detail());
        }
        return answer;
    }

    private Answer call(HttpRequest.Builder wanted) throws Away {
        HttpResponse<String> response;
        try {
            response =
                    client.send(
                            wanted.timeout(LIMIT).header("X-API-Key", key).build(),
                            BodyHandlers.ofString());
        } catch (IOException away) {
            throw new Away("query-api does not answer at " + base);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new OperatorException("interrupted", stopped);
        }
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new OperatorException(base + " does not take the key of this data's run file");
        }
        return new Answer(response.statusCode(), tree(response.body()), response.body());
    }

    private static JsonNode tree(String body) {
        try {
            return JSON.readTree(body.isBlank() ? "{}" : body);
        } catch (JacksonException foreign) {
            return JSON.createObjectNode();
        }
    }
}
