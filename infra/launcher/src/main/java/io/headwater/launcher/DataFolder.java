package io.headwater.launcher;

import io.headwater.backends.BackendException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Where things are kept below `--data DIR`.
///
///     kafka postgres s3 registry   what the back ends keep      state/APP    what Streams keeps (may be deleted)
///     logs   one file each         secrets.properties           schemas.json  known schema ids
///     run    what is only true while it runs: lock, pids, headwater.json
record DataFolder(Path root) {

    void create() {
        try {
            for (Path folder : new Path[] {logs(), run(), cache(), root.resolve("state")}) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new BackendException("cannot write to " + root + ": " + e.getMessage(), e);
        }
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path run() {
        return root.resolve("run");
    }

    /// Class data archives of the JVMs: only make a start faster.
    Path cache() {
        return root.resolve("cache");
    }

    Path state(App app) {
        return root.resolve("state").resolve(app.label());
    }

    Path schemaCache() {
        return root.resolve("schemas.json");
    }

    Path secrets() {
        return root.resolve("secrets.properties");
    }

    Path pids() {
        return run().resolve("pids");
    }

    Path runFile() {
        return run().resolve("headwater.json");
    }

    /// Held as long as the channel is open; the operating system lets go of it when the process
    /// ends, however it ends.
    FileLock lock() {
        try {
            var channel =
                    FileChannel.open(
                            run().resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            // A killed process needs a moment to let go.
            for (int attempt = 0; attempt < 10; attempt++) {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
            channel.close();
            throw new BackendException(
                    "Headwater runs already on %s (./headwater status --data %s shows it, down stops it)"
                            .formatted(root, root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
