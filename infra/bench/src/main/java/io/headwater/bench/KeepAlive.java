package io.headwater.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One HTTP/1.1 connection that stays open: a request out, its answer in, nothing in between.
///
/// A general client costs as much CPU per call as the server under test; this one costs a write and
/// a read. Understands Content-Length and chunked bodies. Not safe for use by two threads at once.
final class KeepAlive implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 30_000;

    private final InetSocketAddress server;
    private final String host;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private boolean closing;
    private final byte[] buffer = new byte[16 * 1024];
    private int from;
    private int to;
    private final StringBuilder line = new StringBuilder(128);

    /// @param body of the answer, as sent
    record Answer(int status, String body) {}

    KeepAlive(String host, int port) throws IOException {
        this.host = host + ":" + port;
        server = new InetSocketAddress(host, port);
        socket = connect();
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    private Socket connect() throws IOException {
        var fresh = new Socket();
        fresh.setTcpNoDelay(true);
        fresh.setSoTimeout(TIMEOUT_MILLIS);
        fresh.connect(server, TIMEOUT_MILLIS);
        return fresh;
    }

    Answer post(String path, String json, String... headers) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        var head = head("POST", path, headers);
        head.append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[start.length + body.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(body, 0, request, start.length, body.length);
        return exchange(request);
    }

    Answer get(String path, String... headers) throws IOException {
        return exchange(
                head("GET", path, headers)
                        .append("\r\n")
                        .toString()
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    private StringBuilder head(String method, String path, String... headers) {
        var head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ").append(host);
        head.append("\r\nAccept: application/json\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head;
    }

    private Answer exchange(byte[] request) throws IOException {
        if (closing) {
            reconnect();
        }
        out.write(request);
        String status = readLine();
        int length = 0;
        boolean chunked = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).strip());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            } else if (lower.startsWith("connection:") && lower.contains("close")) {
                closing = true;
            }
        }
        String body = chunked ? readChunks() : readBytes(length);
        return new Answer(Integer.parseInt(status.substring(9, 12)), body);
    }

    /// Servers end a connection after so many requests, and say so.
    private void reconnect() throws IOException {
        socket.close();
        socket = connect();
        in = socket.getInputStream();
        out = socket.getOutputStream();
        from = 0;
        to = 0;
        closing = false;
    }

    private String readChunks() throws IOException {
        var body = new StringBuilder();
        while (true) {
            int size = Integer.parseInt(readLine().strip(), 16);
            body.append(readBytes(size));
            readLine();
            if (size == 0) {
                return body.toString();
            }
        }
    }

    private String readBytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        int done = 0;
        while (done < count) {
            if (from == to) {
                fill();
            }
            int some = Math.min(count - done, to - from);
            System.arraycopy(buffer, from, bytes, done, some);
            from += some;
            done += some;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String readLine() throws IOException {
        line.setLength(0);
        while (true) {
            if (from == to) {
                fill();
            }
            char c = (char) (buffer[from++] & 0xFF);
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    private void fill() throws IOException {
        from = 0;
        to = Math.max(0, in.read(buffer));
        if (to == 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
