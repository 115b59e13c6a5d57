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
import org.jspecify.annotations.Nullable;

/// A log file that is put aside when it is full: `kafka.log`, then `kafka.log.1`; the last lines
/// stay at hand.
public final class RotatingLog implements AutoCloseable {
    private static final long LIMIT_BYTES = 10L << 20;
    private static final int TAIL_LINES = 25;

    private final Path file;
    private final Deque<String> tail = new ArrayDeque<>();
    private @Nullable OutputStream out;
    private long size;

    public RotatingLog(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            reopen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Never fails: a line that cannot be written (a full disk, say) stays in the [#tail()] only,
    /// and the next one tries again.
    public synchronized void line(String line) {
        remember(line);
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            write(bytes);
        } catch (IOException fullDisk) {
            closeQuietly();
        }
    }

    private void remember(String line) {
        if (tail.size() == TAIL_LINES) {
            tail.removeFirst();
        }
        tail.addLast(line);
    }

    /// The last lines written through this object.
    public synchronized List<String> tail() {
        return List.copyOf(tail);
    }

    public Path file() {
        return file;
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream current = out == null ? reopen() : out;
        if (size + bytes.length > LIMIT_BYTES) {
            current = rotate(current);
        }
        current.write(bytes);
        size += bytes.length;
    }

    private OutputStream reopen() throws IOException {
        OutputStream again = open(file);
        out = again;
        size = Files.size(file);
        return again;
    }

    private OutputStream rotate(OutputStream full) throws IOException {
        full.close();
        Files.move(
                file,
                file.resolveSibling(file.getFileName() + ".1"),
                StandardCopyOption.REPLACE_EXISTING);
        return reopen();
    }

    private static OutputStream open(Path file) throws IOException {
        return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public synchronized void close() {
        closeQuietly();
    }

    /// The tail is all that is known of a file that cannot even be closed.
    private void closeQuietly() {
        OutputStream open = out;
        out = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                remember("the log could not be closed: " + e.getMessage());
            }
        }
    }
}
