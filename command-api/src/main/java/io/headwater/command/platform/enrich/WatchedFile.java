package io.headwater.command.platform.enrich;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The content of a file, read again when its time or size changes. One that is missing or broken
/// is told once per change; what was read before stays.
final class WatchedFile<T> {

    /// @param <T> what the file becomes
    interface Loader<T> {
        T load(Path file) throws IOException;
    }

    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

    private final Path file;
    private final Loader<T> loader;
    private final long everyNanos;
    private final AtomicLong checkAt = new AtomicLong();
    private volatile @Nullable T content;
    private @Nullable Version seen;

    private record Version(FileTime time, long size) {}

    WatchedFile(Path file, Loader<T> loader, Duration every) {
        this.file = file;
        this.loader = loader;
        this.everyNanos = every.toNanos();
        this.checkAt.set(System.nanoTime() + everyNanos);
        check();
    }

    /// @return null while the file could never be read
    @Nullable T get() {
        long due = checkAt.get();
        long now = System.nanoTime();
        if (now - due >= 0 && checkAt.compareAndSet(due, now + everyNanos)) {
            // beside the caller: a large file takes its time
            Thread.ofVirtual().name("reload-" + file.getFileName()).start(this::check);
        }
        return content;
    }

    private synchronized void check() {
        Version found = null;
        try {
            found = new Version(Files.getLastModifiedTime(file), Files.size(file));
            if (!found.equals(seen)) {
                content = loader.load(file);
                log.atInfo().addKeyValue("file", file).log("read");
            }
        } catch (IOException | RuntimeException unreadable) {
            if (found == null || !found.equals(seen)) {
                log.atError()
                        .addKeyValue("file", file)
                        .addKeyValue("reason", unreadable.toString())
                        .log("cannot be read, what was known before stays");
            }
        }
        seen = found;
    }
}
