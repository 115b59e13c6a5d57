package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.headwater.backends.BackendException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthWaitTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private int wellFrom = Integer.MAX_VALUE;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/health",
                call -> {
                    byte[] body = "{\"state\":\"RESTORING\"}".getBytes(StandardCharsets.UTF_8);
                    int status = asked.incrementAndGet() < wellFrom ? 503 : 200;
                    call.sendResponseHeaders(status, body.length);
                    call.getResponseBody().write(body);
                    call.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void oneThatSaysThatItIsNotReadyIsWaitedFor() {
        wellFrom = 4;

        // No patience with silence: it is the answers that keep it waiting.
        new HealthWait(LONG, Duration.ofNanos(1), new Progress())
                .await("command-api", url(), () -> true);

        assertThat(asked).hasValue(4);
    }

    @Test
    void theWaitHasAnEndAndTellsTheLastAnswer() {
        var wait = new HealthWait(Duration.ZERO, LONG, new Progress());

        assertThatThrownBy(() -> wait.await("command-api", url(), () -> true))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("503")
                .hasMessageContaining("RESTORING");
    }

    @Test
    void oneThatGivesNoAnswerIsNotWaitedFor() {
        server.stop(0);
        var wait = new HealthWait(LONG, Duration.ZERO, new Progress());

        assertThatThrownBy(() -> wait.await("command-api", url(), () -> true))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("no answer");
    }

    @Test
    void oneThatHasEndedIsNotWaitedFor() {
        var wait = new HealthWait(LONG, LONG, new Progress());

        assertThatThrownBy(() -> wait.await("command-api", url(), () -> false))
                .isInstanceOf(BackendException.class)
                .hasMessageContaining("ended");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/health";
    }
}
