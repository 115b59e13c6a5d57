package io.headwater.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    @Test
    void readsAnswersOfBothFormsOnOneConnection() throws Exception {
        // given
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String large = "x".repeat(40_000) + "é";
        server.createContext(
                "/",
                exchange -> {
                    byte[] asked = exchange.getRequestBody().readAllBytes();
                    boolean chunked = exchange.getRequestURI().getPath().equals("/chunked");
                    byte[] body = chunked ? large.getBytes(StandardCharsets.UTF_8) : asked;
                    exchange.sendResponseHeaders(chunked ? 202 : 200, chunked ? 0 : body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();

        // when
        try (var api = new KeepAlive("127.0.0.1", server.getAddress().getPort())) {
            // then
            assertThat(api.post("/echo", "{\"ü\":1}"))
                    .isEqualTo(new KeepAlive.Answer(200, "{\"ü\":1}"));
            assertThat(api.get("/chunked", "X-API-Key: k"))
                    .isEqualTo(new KeepAlive.Answer(202, large));
            assertThat(api.post("/echo", "{}").body()).isEqualTo("{}");
        } finally {
            server.stop(0);
        }
    }
}
