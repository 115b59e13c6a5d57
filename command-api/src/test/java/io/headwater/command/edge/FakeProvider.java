package io.headwater.command.edge;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/// A provider's API on a real socket: answers in the order in which it was told to, the last answer
/// for ever.
final class FakeProvider implements AutoCloseable {

    record Reply(int status, String body, Map<String, String> headers) {}

    record Call(String path, String authorization) {}

    final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ConcurrentLinkedQueue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;

    FakeProvider() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException busy) {
            throw new UncheckedIOException(busy);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    calls.add(
                            new Call(
                                    exchange.getRequestURI().toString(),
                                    String.valueOf(
                                            exchange.getRequestHeaders()
                                                    .getFirst("Authorization"))));
                    Reply reply = replies.size() > 1 ? replies.poll() : replies.peek();
                    if (reply == null) {
                        awaitClose();
                        exchange.close();
                        return;
                    }
                    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
                    reply.headers().forEach(exchange.getResponseHeaders()::set);
                    exchange.sendResponseHeaders(reply.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    FakeProvider replies(int status, String body, String... headers) {
        replies.add(
                new Reply(
                        status,
                        body,
                        headers.length == 0 ? Map.of() : Map.of(headers[0], headers[1])));
        return this;
    }

    /// Takes calls and never answers.
    FakeProvider silent() {
        replies.clear();
        return this;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
