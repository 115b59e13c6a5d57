package io.headwater.backends;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// A log file that is put aside when it is full: `kafka.log`, then `kafka.log.1`; the last lines
/// stay at hand.
public final class RotatingLog implements AutoCloseable {
    private static final long LIMIT_BYTES = 10L << 20;
    private static final int TAIL_LINES = 25;

    private final Path file;
    private final Deque<String> tail = new ArrayDeque<>();
    private OutputStream out;
    private long size;

    public RotatingLog(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            out = open(file);
            size = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void line(String line) {
        if (tail.size() == TAIL_LINES) {
            tail.removeFirst();
        }
        tail.addLast(line);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            if (size + bytes.length > LIMIT_BYTES) {
                rotate();
            }
            out.write(bytes);
            size += bytes.length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last lines written through this object.
    public synchronized List<String> tail() {
        return List.copyOf(tail);
    }

    public Path file() {
        return file;
    }

    private void rotate() throws IOException {
        out.close();
        Files.move(
                file,
                file.resolveSibling(file.getFileName() + ".1"),
                StandardCopyOption.REPLACE_EXISTING);
        out = open(file);
        size = 0;
    }

    private static OutputStream open(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
