package io.headwater.launcher.keys;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks the running platform to make the rows of one lead or session anew and says what was wrong.
public final class RebuildKey {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int DONE = 0;
    private static final int FAILED = 1;

    private final PrintStream out;
    private final PrintStream err;

    RebuildKey(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /// @param args NAME KEY and `--data DIR`
    /// @return the exit status: 0 when the rows are right now, 1 when that failed
    public static int run(List<String> args) {
        return new RebuildKey(System.out, System.err).with(args);
    }

    int with(List<String> args) {
        var words = new ArrayList<String>();
        Path data = Path.of("data");
        Iterator<String> given = args.iterator();
        while (given.hasNext()) {
            String word = given.next();
            if (word.equals("--data") || word.equals("--root")) {
                if (!given.hasNext()) {
                    return failed(word + " needs a folder");
                }
                String folder = given.next();
                data = word.equals("--data") ? Path.of(folder) : data;
            } else if (word.startsWith("--")) {
                return failed("unknown option " + word + "; see ./headwater rebuild-key --help");
            } else {
                words.add(word);
            }
        }
        if (words.size() != 2) {
            return failed("which one? ./headwater rebuild-key leads|sessions KEY");
        }
        Path running = data.resolve("run").resolve("headwater.json");
        if (!Files.exists(running)) {
            return failed("Headwater does not run on " + data);
        }
        try {
            JsonNode platform = JSON.readTree(Files.readString(running));
            return ask(platform, words.getFirst(), words.getLast());
        } catch (IOException | JacksonException away) {
            return failed("query-api does not answer: " + away.getMessage());
        }
    }

    private int ask(JsonNode platform, String name, String key) throws IOException {
        String path = "/api/projections/%s/keys/%s/rebuild".formatted(encoded(name), encoded(key));
        var request =
                HttpRequest.newBuilder(URI.create(platform.path("query_api").asString() + path))
                        .header("X-API-Key", platform.path("admin_api_key").asString())
                        .timeout(LIMIT)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode body = JSON.readTree(answer.body());
            if (answer.statusCode() != 200) {
                return failed(
                        body.path("title").asString("error " + answer.statusCode())
                                + ": "
                                + body.path("detail").asString(""));
            }
            tell(name, key, body);
            return DONE;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return failed("interrupted");
        }
    }

    private void tell(String name, String key, JsonNode body) {
        for (JsonNode row : body.path("rows")) {
            var columns = new ArrayList<String>();
            row.path("columns").forEach(column -> columns.add(column.asString()));
            out.println(
                    "%s  %s  %s"
                            .formatted(
                                    row.path("kind").asString(),
                                    row.path("row").asString(),
                                    String.join(",", columns))
                            .stripTrailing());
        }
        for (JsonNode row : body.path("left")) {
            out.println("left  " + row.asString());
        }
        JsonNode cost = body.path("cost");
        out.println(
                "%s %s: %d of %d rows put right from %s; %d events, %d records read in %d ms, the sink waited %.1f ms"
                        .formatted(
                                name,
                                key,
                                body.path("rows").size(),
                                body.path("rows_checked").asInt(),
                                body.path("source").asString(),
                                cost.path("events").asInt(),
                                cost.path("records_read").asLong(),
                                cost.path("millis").asLong(),
                                cost.path("locked_micros").asLong() / 1_000.0));
    }

    private int failed(String reason) {
        err.println("headwater: " + reason);
        return FAILED;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
