package io.headwater.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Back ends for the integration tests of one JVM: real, on free ports, in a folder that goes away
/// at the end.
///
/// Started when first asked for and shared by all test classes, so a test uses its own topic,
/// schema or key prefix. Needs `infra/backends` packaged somewhere above the working directory (see
/// [Installation#find()]).
public final class TestBackends {
    private static @Nullable Backends shared;
    private static final Set<Backend> started = EnumSet.noneOf(Backend.class);

    private TestBackends() {}

    /// The JVM's set, with these in it; they stop when the JVM ends.
    public static synchronized Backends shared(Backend... wanted) {
        Backends backends = shared;
        if (backends == null) {
            backends = fresh();
            shared = backends;
        }
        List<Backend> missing = Stream.of(wanted).filter(one -> !started.contains(one)).toList();
        backends.start(missing);
        started.addAll(missing);
        return backends;
    }

    /// A set of one's own, not started yet, for tests that kill and restart; the caller closes it.
    public static Backends fresh() {
        try {
            Path folder = Files.createTempDirectory("headwater-test-");
            var installation = Installation.find();
            var backends =
                    new Backends(
                            new BackendSettings(
                                    installation,
                                    folder,
                                    folder.resolve("logs"),
                                    archives(installation),
                                    Ports.free(),
                                    "test-access-key",
                                    "test-secret-key"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(backends, folder)));
            return backends;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stays for the test runs after this one: a Kafka starts twice as fast with it.
    private static Path archives(Installation installation) throws IOException {
        return Files.createDirectories(
                installation.root().resolve("infra/backends/target/class-archives"));
    }

    private static void end(Backends backends, Path folder) {
        backends.close();
        try {
            Folders.delete(folder);
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
        }
    }
}
