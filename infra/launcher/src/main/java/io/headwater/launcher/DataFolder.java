package io.headwater.launcher;

import io.headwater.backends.BackendException;
import io.headwater.backends.BackendSettings;
import io.headwater.backends.Installation;
import io.headwater.backends.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Where things are kept below `--data DIR`.
///
///     kafka postgres s3 registry   what the back ends keep      state/APP    what Streams keeps (may be deleted)
///     logs   one file each         secrets.properties           schemas.json  known schema ids
///     vault/kek.json               the key that locks the vault in postgres: without it nothing sealed can be read
///     run    what is only true while it runs: lock, pids, headwater.json
record DataFolder(Path root) {
    private static final int ATTEMPTS = 10;
    private static final Duration PAUSE = Duration.ofMillis(200);

    void create() {
        try {
            for (Path folder : new Path[] {logs(), run(), cache(), root.resolve("state")}) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new BackendException("cannot write to " + root + ": " + e.getMessage(), e);
        }
    }

    /// What the back ends are started with whose data is here.
    BackendSettings backends(Installation installation, Secrets secrets, int portOffset) {
        return new BackendSettings(
                installation,
                root,
                logs(),
                cache(),
                Ports.withOffset(portOffset),
                secrets.s3AccessKey(),
                secrets.s3SecretKey());
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

    /// Where the key-encryption key is; command-api makes it.
    Path kek() {
        return root.toAbsolutePath().resolve("vault").resolve("kek.json");
    }

    Path pids() {
        return run().resolve("pids");
    }

    Path runFile() {
        return run().resolve("headwater.json");
    }

    /// Held as long as the channel is open; the operating system lets go of it when the process
    /// ends, however it ends. The file names the process that holds it.
    FileLock lock() {
        try {
            var channel =
                    FileChannel.open(
                            lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // A killed process needs a moment to let go.
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    channel.truncate(0);
                    channel.write(name(ProcessHandle.current().pid()));
                    return lock;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
            channel.close();
            throw new BackendException(
                    "Headwater runs already on %s (./headwater status --data %s shows it, down stops it)"
                            .formatted(root, root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The launcher that holds the lock, which is what says that Headwater runs on this data.
    Optional<ProcessHandle> launcher() {
        if (!Files.exists(lockFile())) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(lockFile(), StandardOpenOption.READ)) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                // Shared: two that only ask are not in each other's way.
                if (channel.tryLock(0, Long.MAX_VALUE, true) != null) {
                    return Optional.empty();
                }
                Optional<ProcessHandle> holder = holder();
                if (holder.isPresent()) {
                    return holder;
                }
                // It has the lock and is about to write its name.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new BackendException("a process that is not known holds " + lockFile());
    }

    private Optional<ProcessHandle> holder() throws IOException {
        String[] words = Files.readString(lockFile()).strip().split(" ");
        if (words.length != 2) {
            return Optional.empty();
        }
        long pid = Long.parseLong(words[0]);
        return ProcessHandle.of(pid)
                .filter(_ -> ProcessStart.isSame(words[1], ProcessStart.of(pid)));
    }

    private static ByteBuffer name(long pid) {
        String name = pid + " " + ProcessStart.of(pid) + "\n";
        return ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII));
    }

    private Path lockFile() {
        return run().resolve("lock");
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
