package io.headwater.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/// The ports of the back ends, all on 127.0.0.1.
public record Ports(
        int kafka,
        int kafkaController,
        int postgres,
        int s3,
        int registry,
        int registryManagement) {

    /// Below what operating systems hand out for outgoing connections, so that nobody else gets one
    /// meanwhile.
    private static final int FIRST_FREE = 20_000;

    private static final int LAST_FREE = 32_000;
    private static final Duration POLL = Duration.ofMillis(100);

    /// The ports of `./headwater up --port-offset N`.
    public static Ports withOffset(int offset) {
        return new Ports(
                19_092 + offset,
                19_093 + offset,
                15_432 + offset,
                19_000 + offset,
                18_081 + offset,
                18_082 + offset);
    }

    /// Six ports nobody listens on now, chosen at random: for tests.
    public static Ports free() {
        var sockets = new ArrayList<ServerSocket>();
        try {
            while (sockets.size() < 6) {
                int port = ThreadLocalRandom.current().nextInt(FIRST_FREE, LAST_FREE);
                bind(port, sockets);
            }
            List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(
                    ports.get(0),
                    ports.get(1),
                    ports.get(2),
                    ports.get(3),
                    ports.get(4),
                    ports.get(5));
        } finally {
            sockets.forEach(Ports::close);
        }
    }

    /// Whether someone listens on this port of 127.0.0.1.
    public static boolean isTaken(int port) {
        var sockets = new ArrayList<ServerSocket>(1);
        bind(port, sockets);
        sockets.forEach(Ports::close);
        return sockets.isEmpty();
    }

    /// Waits until nobody listens on this port any more: what ended a moment ago may still do.
    ///
    /// @return false when somebody still does after that time
    public static boolean awaitFree(int port, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isTaken(port)) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static void bind(int port, List<ServerSocket> bound) {
        try {
            var socket = new ServerSocket();
            try {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                bound.add(socket);
            } catch (IOException taken) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
