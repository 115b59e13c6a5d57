package io.headwater.bench;

import io.headwater.backends.Backends;
import io.headwater.backends.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The projectors in a process of their own, with one projection only.
///
/// @param cache schema ids, so that the registry is not asked
record ProjectorsProcess(
        Options options, Path folder, Backends backends, String cache, String projection) {

    static final String GROUP = "projector-sessions-g1";
    private static final String HOST = "127.0.0.1";
    private static final int HEAP_MIB = 768;

    /// One start of it.
    record Running(Process process, int port) implements AutoCloseable {

        void requireAlive() {
            if (!process.isAlive()) {
                throw new IllegalStateException("the projectors ended by themselves");
            }
        }

        void awaitHealthy() throws InterruptedException {
            while (!healthy()) {
                requireAlive();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }

        private boolean healthy() {
            try (var api = new KeepAlive(HOST, port)) {
                return api.get("/health").status() == 200;
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void close() throws InterruptedException {
            Platform.end(process);
        }
    }

    /// URI of the key-encryption key.
    String kek() {
        return folder.resolve("kek.json").toUri().toString();
    }

    /// @param more settings
    Running start(String... more) throws IOException {
        return start(HEAP_MIB, more);
    }

    /// @param heapMib taken whole at the start, so that what the collector lets lie is no growth
    /// @param more settings
    Running start(int heapMib, String... more) throws IOException {
        int port = 8083 + options.portOffset();
        var command =
                new ArrayList<>(
                        List.of(
                                Installation.java().toString(),
                                "-Xms" + heapMib + "m",
                                "-Xmx" + heapMib + "m",
                                "-XX:+AlwaysPreTouch",
                                "-XX:+UseSerialGC",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                new Installation(options.root()).classPath("projectors"),
                                "io.headwater.projectors.Projectors",
                                "--server.port=" + port,
                                "--headwater.projections=" + projection,
                                "--headwater.kafka.bootstrap-servers=" + backends.kafkaBootstrap(),
                                "--headwater.schemas.registry-url=" + backends.registryUrl(),
                                "--headwater.schemas.cache-file=" + cache,
                                "--headwater.postgres.url=" + backends.jdbcUrl(),
                                "--headwater.postgres.user=" + backends.jdbcUser(),
                                "--headwater.vault.kek=" + kek(),
                                "--headwater.state-dir=" + folder.resolve("state")));
        command.addAll(List.of(more));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("projectors.log").toFile()))
                        .start();
        // Also when the bench is ended in the middle.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new Running(process, port);
    }
}
