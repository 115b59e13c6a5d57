package io.headwater.launcher;

import io.headwater.backends.Kill;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/// Asks the running launcher to stop everything and waits until it has; clears up after one that
/// was killed.
final class Down {
    /// The applications may take 45 s ([Apps]) and the back ends 40 s; then they are killed.
    private static final Duration LIMIT = Duration.ofSeconds(150);

    private final DataFolder data;

    Down(Options options) {
        this.data = new DataFolder(options.data());
    }

    int run() {
        Optional<ProcessHandle> launcher = data.launcher();
        if (launcher.isEmpty() && Pids.read(data.pids()).entries().isEmpty()) {
            System.out.println("Headwater does not run on " + data.root());
            return 0;
        }
        if (launcher.isPresent()) {
            System.out.println("stopping Headwater on " + data.root() + " …");
            launcher.get().destroy();
            if (!Kill.ended(launcher.get(), LIMIT)) {
                System.err.println(
                        "headwater: still running after %d s, pid %d; see %s"
                                .formatted(LIMIT.toSeconds(), launcher.get().pid(), data.logs()));
                return 1;
            }
        }
        data.create();
        try (var lock = data.lock()) {
            new Leftovers(Duration.ofSeconds(20)).reap(data);
            System.out.println("stopped");
            return lock.isValid() ? 0 : 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
