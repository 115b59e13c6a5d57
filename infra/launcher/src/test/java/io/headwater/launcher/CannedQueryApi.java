package io.headwater.launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// A query-api that answers as a test of a command wants it, and the file that tells where it is.
public final class CannedQueryApi implements AutoCloseable {

    /// The key that the file names.
    public static final String KEY = "k";

    /// What was asked.
    ///
    /// @param line method, path and query
    public record Call(String line, String key, String body) {}

    public record Canned(int status, String body) {

        public static Canned ok(String body) {
            return new Canned(200, body);
        }
    }

    private final HttpServer server;
    private final Function<Call, Canned> answers;
    private final List<Call> calls = Collections.synchronizedList(new ArrayList<>());

    /// @param data of the platform that it plays
    public CannedQueryApi(Path data, Function<Call, Canned> answers) throws IOException {
        this.answers = answers;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        Files.createDirectories(data.resolve("run"));
        Files.writeString(
                data.resolve("run/headwater.json"),
                "{\"query_api\":\"http://127.0.0.1:%d\",\"admin_api_key\":\"%s\"}"
                        .formatted(server.getAddress().getPort(), KEY));
    }

    private void answer(HttpExchange exchange) throws IOException {
        var call =
                new Call(
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        String.valueOf(exchange.getRequestHeaders().getFirst("X-API-Key")),
                        new String(
                                exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        calls.add(call);
        var canned = answers.apply(call);
        byte[] body = canned.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(canned.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// Their lines, in order.
    public List<String> seen() {
        return calls().stream().map(Call::line).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
