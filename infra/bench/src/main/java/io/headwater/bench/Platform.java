package io.headwater.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The platform as a user has it: `./headwater up` in a process of its own, or one that runs
/// already.
final class Platform implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);
    private static final Duration STOP = Duration.ofMinutes(2);
    private static final JsonMapper JSON = new JsonMapper();

    private final Path data;
    private final @Nullable Process process;
    private final JsonNode facts;

    private Platform(Path data, @Nullable Process process, JsonNode facts) {
        this.data = data;
        this.process = process;
        this.facts = facts;
    }

    /// One that somebody else started and will stop.
    static Platform running(Path data) {
        return new Platform(data, null, read(facts(data)));
    }

    /// Starts one and returns when it says that it is ready.
    ///
    /// @throws IllegalStateException when it ends instead, with the end of its output
    static Platform start(Path root, Path data, int portOffset, String... more)
            throws InterruptedException {
        Process process = launch(root, data, portOffset, more);
        Path facts = facts(data);
        long deadline = System.nanoTime() + START.toNanos();
        while (!Files.exists(facts)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new IllegalStateException("the platform did not start; see " + log(data));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return new Platform(data, process, read(facts));
    }

    /// The command API with nothing behind Kafka.
    static Platform startCommandApi(Path root, Path data, int portOffset)
            throws InterruptedException {
        return start(
                root,
                data,
                portOffset,
                "--without",
                "projectors",
                "--without",
                "stream-jobs",
                "--without",
                "query-api");
    }

    /// Starts the process and returns at once.
    static Process launch(Path root, Path data, int portOffset, String... more) {
        try {
            Files.createDirectories(data);
            var command =
                    new ArrayList<>(
                            List.of(
                                    root.resolve("headwater").toString(),
                                    "up",
                                    "--data",
                                    data.toString(),
                                    "--port-offset",
                                    String.valueOf(portOffset)));
            command.addAll(List.of(more));
            return new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log(data).toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends what [#launch] started, as Ctrl-C does.
    static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the platform does not stop, process " + process.pid());
        }
    }

    /// What a script is told about the platform.
    JsonNode told() {
        return facts;
    }

    Path data() {
        return data;
    }

    URI queryApi() {
        return URI.create(facts.path("query_api").stringValue());
    }

    URI projectors() {
        return URI.create(facts.path("projectors").stringValue());
    }

    URI commandApi() {
        return URI.create(facts.path("command_api").stringValue());
    }

    /// The header that opens everything.
    String adminHeader() {
        return "X-API-Key: " + facts.path("admin_api_key").stringValue();
    }

    static KeepAlive connect(URI base) throws IOException {
        return new KeepAlive(base.getHost(), base.getPort());
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /// All that belong to it.
    List<Processes.Stat> processes() {
        return Processes.of(data, process == null ? -1 : process.pid());
    }

    @Override
    public void close() {
        if (process != null) {
            try {
                end(process);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Path log(Path data) {
        return data.resolveSibling(data.getFileName() + "-up.log");
    }

    private static Path facts(Path data) {
        return data.resolve("run").resolve("headwater.json");
    }

    private static JsonNode read(Path file) {
        try {
            return json(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
