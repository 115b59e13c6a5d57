package io.headwater.backends;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// What a component can be asked from outside.
public final class Http {
    private static final int LIMIT_MILLIS = 3_000;
    private static final int MOST_BYTES = 64 << 10;

    private Http() {}

    /// @param status 0 when there was no answer
    /// @param body its first 64 KB
    public record Answer(int status, String body) {}

    /// Waits 3 s at most for each step.
    public static Answer get(String url) {
        try {
            var request = (HttpURLConnection) URI.create(url).toURL().openConnection();
            request.setConnectTimeout(LIMIT_MILLIS);
            request.setReadTimeout(LIMIT_MILLIS);
            int status = request.getResponseCode();
            return new Answer(status, body(request, status));
        } catch (IOException e) {
            return new Answer(0, "");
        }
    }

    /// Whether a GET is answered with 200.
    public static boolean isOk(String url) {
        return get(url).status() == 200;
    }

    /// Whether someone listens on this port of 127.0.0.1.
    public static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static String body(HttpURLConnection request, int status) throws IOException {
        try (InputStream body =
                status >= 400 ? request.getErrorStream() : request.getInputStream()) {
            return body == null
                    ? ""
                    : new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
