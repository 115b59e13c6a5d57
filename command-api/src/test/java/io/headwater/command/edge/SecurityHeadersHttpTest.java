package io.headwater.command.edge;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What every answer tells browsers, and how much of a head is read.
@SuppressWarnings("NullAway.Init")
class SecurityHeadersHttpTest {

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    @ParameterizedTest
    @CsvSource({
        "GET, /health",
        "GET, /nowhere",
        "GET, /form.js",
        "GET, /recorder.js",
        "GET, /track/config",
        "GET, /commands/unknown",
        "POST, /lead.capture",
        "POST, /track/event",
        "OPTIONS, /track/event",
        "POST, /webhooks/google-ads/g1",
        "GET, /v3/api-docs"
    })
    void nothingMayRunOrBeFramed(String method, String path) {
        var answer = server.call(method, path);

        assertThat(answer.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
        // a promise that plain HTTP cannot keep
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        if (!path.endsWith(".js")) {
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        }
    }

    @Test
    void scriptsOfTheApiDescriptionComeFromFilesOnly() {
        var answer = server.call("GET", "/swagger-ui/index.html");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Security-Policy")).contains("script-src 'self';");
        assertThat(answer.response().body()).doesNotContain("<script>");
    }

    @Test
    void aLargeHeadIsRefused() throws IOException {
        String head = "GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Large: %s\r\n\r\n";
        try (var socket = new Socket("127.0.0.1", server.port)) {
            socket.getOutputStream().write(head.formatted("x".repeat(9_000)).getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void manyHeadersAreRefused() throws IOException {
        var head = new StringBuilder("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        for (int i = 0; i < 200; i++) {
            head.append('h').append(i).append(": x\r\n");
        }
        try (var socket = new Socket("127.0.0.1", server.port)) {
            socket.getOutputStream().write(head.append("\r\n").toString().getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
            assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8))
                    .isEqualTo("HTTP/1.1 400");
        }
    }
}
