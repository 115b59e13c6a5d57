package io.headwater.launcher;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/// Two questions a component can be asked from outside.
final class Http {
    private static final int LIMIT_MILLIS = 3_000;

    private Http() {}

    /// Whether a GET is answered with 200.
    static boolean isOk(String url) {
        try {
            var request = (HttpURLConnection) URI.create(url).toURL().openConnection();
            request.setConnectTimeout(LIMIT_MILLIS);
            request.setReadTimeout(LIMIT_MILLIS);
            return request.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /// Whether someone listens on this port of 127.0.0.1.
    static boolean accepts(int port) {
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), LIMIT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
