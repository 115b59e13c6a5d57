package io.headwater.launcher.projections;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Answers as query-api does about projections: what the test lays down, look after look; the last
/// of it for ever.
final class FakeQueryApi implements AutoCloseable {
    private static final String KEY = "admin-key-of-the-test";

    /// Method, path and body of what was asked, in order; looks at projections are not in it.
    final List<String> asked = new ArrayList<>();

    private final Map<String, Reply> replies = new ConcurrentHashMap<>();
    private final Deque<Reply> looks = new ArrayDeque<>();
    private final HttpServer server;

    private record Reply(int status, String body) {}

    FakeQueryApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /// As the launcher leaves it.
    void writeRunFile(Path data) throws IOException {
        Path run = Files.createDirectories(data.resolve("run"));
        Files.writeString(
                run.resolve("headwater.json"),
                "{\"query_api\": \"http://127.0.0.1:%d\", \"admin_api_key\": \"%s\"}"
                        .formatted(server.getAddress().getPort(), KEY));
    }

    /// What the next look at projections finds.
    FakeQueryApi look(String... generations) {
        looks.addLast(new Reply(200, "[" + String.join(",", generations) + "]"));
        return this;
    }

    /// The next look finds Postgres away.
    FakeQueryApi lookInVain() {
        looks.addLast(new Reply(503, "{\"detail\": \"Postgres does not answer\"}"));
        return this;
    }

    FakeQueryApi on(String request, int status, String body) {
        replies.put(request, new Reply(status, body));
        return this;
    }

    FakeQueryApi accept(String action, String generation) {
        return on(
                "POST /api/projections/traffic/" + action,
                202,
                "{\"request_id\": 7, \"generation\": " + generation + "}");
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        Reply reply = replies.get(request);
        if (!KEY.equals(exchange.getRequestHeaders().getFirst("X-API-Key"))) {
            reply = new Reply(401, "{}");
        } else if (reply != null) {
            asked.add((request + " " + body).strip());
        } else if (request.matches("GET /api/projections(/traffic\\?all=true)?")) {
            reply = looks.size() > 1 ? looks.removeFirst() : looks.peekFirst();
        }
        if (reply == null) {
            reply = new Reply(404, "{\"type\": \"/problems/not-found\", \"detail\": \"no\"}");
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
