package io.headwater.launcher.imports;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers as command-api does: refuses rows without `@` in `email`, knows keys that came before.
final class FakeCommandApi implements AutoCloseable {

    static final String KEY = "admin-key-of-the-test";

    final List<JsonNode> rows = new ArrayList<>();
    final List<String> paths = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
    private final HttpServer server;

    /// Requests that are taken before it is away for good; -1: never away.
    private int healthy = -1;

    /// Requests that are answered 503 first.
    private int busy;

    FakeCommandApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void breakAfter(int requests) {
        healthy = requests;
    }

    void beBusyFor(int requests) {
        busy = requests;
    }

    void mend() {
        healthy = -1;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().toString();
        if (!KEY.equals(exchange.getRequestHeaders().getFirst("X-API-Key"))) {
            respond(exchange, 401, "{}");
        } else if (healthy == 0) {
            respond(exchange, 400, "{\"detail\":\"The disk of the test is full.\"}");
        } else if (busy > 0) {
            busy--;
            exchange.getResponseHeaders().set("Retry-After", "0");
            respond(exchange, 503, "{}");
        } else if (exchange.getRequestMethod().equals("GET")) {
            respond(exchange, 200, "[{\"site_id\":\"north\"}]");
        } else if (body.contains("\"taken\"")) {
            respond(exchange, 409, "{\"type\":\"/problems/site-key-taken\",\"detail\":\"No.\"}");
        } else if (body.contains("\"old\"")) {
            respond(exchange, 409, "{\"type\":\"/problems/site-exists\"}");
        } else {
            healthy -= healthy > 0 ? 1 : 0;
            paths.add(path);
            respond(exchange, path.startsWith("/admin/import/") ? 200 : 201, verdicts(body));
        }
    }

    private String verdicts(String body) {
        ObjectNode answer = Rows.JSON.createObjectNode();
        var told = answer.putArray("rows");
        body.lines()
                .map(Rows.JSON::readTree)
                .forEach(row -> {
                    rows.add(row);
                    ObjectNode verdict = told.addObject();
                    if (!row.path("email").asString("@").contains("@")) {
                        verdict.put("outcome", "refused");
                        verdict.put("field", "email");
                        verdict.put("code", "invalid-email");
                        verdict.put("detail", "the e-mail address is not one");
                    } else {
                        String key = row.path("session_id").asString("");
                        boolean fresh = keys.add(row.path("import_key").asString(key));
                        verdict.put("outcome", fresh ? "captured" : "duplicate");
                    }
                });
        if (rows.stream().anyMatch(row -> row.has("Colour"))) {
            answer.putArray("unused_columns").add("Colour");
        }
        return answer.toString();
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
