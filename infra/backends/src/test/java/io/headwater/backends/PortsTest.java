package io.headwater.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aPortThatIsLeftSoonIsFree() throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int port = server.getLocalPort();

        assertThat(Ports.awaitFree(port, Duration.ZERO)).isFalse();

        var leaves = CompletableFuture.runAsync(() -> close(server));
        assertThat(Ports.awaitFree(port, Duration.ofMinutes(1))).isTrue();
        assertThat(leaves).succeedsWithin(Duration.ofMinutes(1));
    }

    private static void close(ServerSocket server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
