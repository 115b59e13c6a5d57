package io.headwater.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The application on a free port, and a client that speaks to it.
public final class RunningQueryApi implements AutoCloseable {
    public static final String ADMIN = "admin-key";
    public static final String MARKETING = "marketing-key";
    public static final String NOBODY = "";

    /// A busy machine may let a connection or a query wait: only a test about that limits them.
    private static final List<String> PATIENCE =
            List.of(
                    "--headwater.postgres.connect-limit=20s",
                    "--headwater.postgres.query-limit=60s");

    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    /// @param settings more of them, as `--key=value`; one that is set here replaces the default of
    ///   these tests
    public RunningQueryApi(String jdbcUrl, String user, String password, String... settings) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--server.port=0",
                                "--headwater.postgres.url=" + jdbcUrl,
                                "--headwater.postgres.user=" + user,
                                "--headwater.postgres.password=" + password,
                                "--headwater.access.admin-api-key=" + ADMIN,
                                "--headwater.access.marketing-api-key=" + MARKETING));
        args.addAll(List.of(settings));
        // A key that is given twice would be both values, joined.
        PATIENCE.stream()
                .filter(patience ->
                        args.stream().noneMatch(arg -> keyOf(arg).equals(keyOf(patience))))
                .forEach(args::add);
        context = QueryApi.start(args.toArray(String[]::new));
        base = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    private static String keyOf(String setting) {
        return setting.substring(0, setting.indexOf('='));
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public URI uri(String path) {
        return URI.create(base + path);
    }

    public Answer get(String path, String key, String... headers) {
        return send(path, key, HttpRequest.newBuilder().GET(), headers);
    }

    public Answer send(String path, String key, HttpRequest.Builder request, String... headers) {
        request.uri(uri(path));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(path, e);
        }
    }

    /// Lines of an endless answer; closing the stream ends it.
    public Stream<String> lines(String path, String key, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).header("X-API-Key", key).GET();
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofLines()).body();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(path, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        context.close();
    }

    public record Answer(HttpResponse<String> response) {
        private static final JsonMapper JSON = new JsonMapper();

        public int status() {
            return response.statusCode();
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /// Of an object, or of the first element of a list or page.
        public List<String> members() {
            JsonNode node = json();
            if (node.has("items")) {
                node = node.get("items");
            }
            if (node.isArray()) {
                node = node.get(0);
            }
            return List.copyOf(node.propertyNames());
        }

        /// Name of the first field that a problem document blames.
        public String blamed() {
            return json().path("errors").path(0).path("field").asString("");
        }
    }
}
