package io.headwater.launcher;

import io.headwater.backends.Installation;
import io.headwater.backends.Ports;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The platform as `./headwater up` runs it: the launcher in a process of its own, on free ports,
/// in a folder that goes away at the end.
final class LaunchedPlatform implements AutoCloseable {

    /// Settings under which administration answers with the decision, however slow the machine:
    /// without them a call that takes longer than 2 s is answered 202.
    static final Map<String, String> PATIENT_ADMINISTRATION =
            Map.of("ACCESS_DECISION_WAIT", "20s", "COMMAND_API_ANSWER_LIMIT", "60s");

    private static final Duration START_LIMIT = Duration.ofMinutes(8);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(150);
    private static final JsonMapper JSON = new JsonMapper();

    private static @Nullable LaunchedPlatform shared;

    private final Path data;
    private final int portOffset;
    private final Map<String, String> environment;
    private volatile Process process;
    private volatile JsonNode told;

    private LaunchedPlatform(
            Path data, int portOffset, Map<String, String> environment, String... words) {
        this.data = data;
        this.portOffset = portOffset;
        this.environment = environment;
        process = launch(words);
        told = awaitReady();
    }

    /// Starts one on a new folder and returns when it is ready.
    ///
    /// @param environment settings of the applications, as `application.yml` names them
    /// @param words more options
    static LaunchedPlatform start(Map<String, String> environment, String... words) {
        try {
            Path data = Files.createTempDirectory("headwater-it-");
            Files.createSymbolicLink(data.resolve("cache"), archives());
            return new LaunchedPlatform(data, freeOffset(), environment, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Class archives of the children, for all platforms of all runs: else each makes them anew.
    private static Path archives() throws IOException {
        return Files.createDirectories(
                Installation.find().root().resolve("infra/backends/target/class-archives"));
    }

    /// The one that the test classes of this JVM share; it ends with the JVM. It waits for its
    /// decisions, so that a lead is answered 200.
    static synchronized LaunchedPlatform shared() {
        var running = shared;
        if (running == null) {
            var patient = new HashMap<>(PATIENT_ADMINISTRATION);
            patient.put("LEAD_DECISION_WAIT", "20s");
            running = start(patient);
            shared = running;
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    /// What `run/headwater.json` says.
    JsonNode told() {
        return told;
    }

    Path data() {
        return data;
    }

    URI commandApi() {
        return URI.create(told.path("command_api").stringValue());
    }

    URI queryApi() {
        return URI.create(told.path("query_api").stringValue());
    }

    String adminKey() {
        return told.path("admin_api_key").stringValue();
    }

    /// `kafka`, `postgres` or another component that is a process of its own; as it runs now.
    ProcessHandle component(String name) {
        long pid = componentPid(name);
        return ProcessHandle.of(pid)
                .orElseThrow(() -> new AssertionError(name + " does not run, pid " + pid));
    }

    /// As the run file says now; it may have ended.
    long componentPid(String name) {
        return told(data).path("pids").path(name).asLong();
    }

    /// `kill -9` of the launcher.
    void kill() {
        process.destroyForcibly();
        Awaitility.await().atMost(STOP_LIMIT).until(() -> !process.isAlive());
    }

    /// `up` again on the same data.
    ///
    /// @param words more options
    void up(String... words) {
        forgetTheLastRun();
        process = launch(words);
        told = awaitReady();
    }

    /// `up` again on the same data, which must not work.
    ///
    /// @return what was said
    String refused() {
        forgetTheLastRun();
        process = launch();
        Awaitility.await().atMost(START_LIMIT).until(() -> !process.isAlive() || isReady());
        if (process.isAlive()) {
            throw new AssertionError("it started");
        }
        return output();
    }

    /// SIGTERM, as `down` and Ctrl-C send it.
    void down() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the launcher does not stop:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Runs the launcher once more on the same data and goes on.
    ///
    /// @param said where its standard output and error go
    Process beside(Path said, String command, String... words) {
        try {
            return new ProcessBuilder(command(command, words))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Runs the launcher once more on the same data and returns when it ends.
    ///
    /// @param said standard output and error
    record Run(int status, String said) {}

    Run another(String command, String... words) throws IOException, InterruptedException {
        Path log = data.resolveSibling(data.getFileName() + "-another.log");
        Process other =
                new ProcessBuilder(command(command, words))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var limit = command.equals("restore") ? START_LIMIT : STOP_LIMIT;
        if (!other.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            other.destroyForcibly();
            throw new AssertionError(command + " did not end");
        }
        String said = Files.readString(log);
        Files.delete(log);
        return new Run(other.exitValue(), said);
    }

    /// Runs the launcher once more on the same data and ends it with `kill -9` after it said
    /// something.
    ///
    /// @param words in a line of its output
    /// @param wait after that line
    /// @return whether it was killed; false: it ended before
    boolean killed(String command, String words, Duration wait)
            throws IOException, InterruptedException {
        Process other = new ProcessBuilder(command(command)).redirectErrorStream(true).start();
        var said = new StringBuilder();
        try (var lines = other.inputReader()) {
            for (String line = lines.readLine();
                    line != null && !line.contains(words);
                    line = lines.readLine()) {
                said.append(line).append('\n');
            }
            return !other.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            other.destroyForcibly().waitFor();
            System.out.println(said);
        }
    }

    String output() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            down();
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
            Files.deleteIfExists(log());
        } catch (IOException | UncheckedIOException e) {
            System.err.println("left behind: " + data + " (" + e.getMessage() + ")");
        }
    }

    private Process launch(String... words) {
        try {
            var builder =
                    new ProcessBuilder(command("up", words))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().put("ERASURE_UNDO", "0s");
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As the script `headwater` has it, without its build.
    private List<String> command(String command, String... more) {
        Path root = Installation.find().root();
        var words = new ArrayList<String>();
        words.add(Installation.java().toString());
        words.addAll(List.of("-Xms128m", "-Xmx768m", "-XX:+UseSerialGC"));
        words.add("--enable-native-access=ALL-UNNAMED");
        words.add("--sun-misc-unsafe-memory-access=allow");
        words.addAll(List.of("-cp", classPath(root), "io.headwater.launcher.Main", command));
        words.addAll(List.of(more));
        words.addAll(List.of("--data", data.toString()));
        if (!command.equals("rebuild")) {
            words.addAll(List.of("--root", root.toString()));
        }
        if (command.equals("up") || command.equals("restore")) {
            words.addAll(List.of("--port-offset", String.valueOf(portOffset)));
        }
        return words;
    }

    private static String classPath(Path root) {
        Path target = root.resolve("infra/launcher/target");
        try {
            return target.resolve("classes")
                    + File.pathSeparator
                    + Files.readString(target.resolve("classpath")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the launcher is not packaged", e);
        }
    }

    /// A killed launcher leaves its description behind: it must not pass for the next one's.
    private void forgetTheLastRun() {
        try {
            Files.deleteIfExists(runFile(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode awaitReady() {
        Awaitility.await()
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> !process.isAlive() || isReady());
        if (!process.isAlive()) {
            throw new AssertionError("the platform did not start:\n" + output());
        }
        return told(data);
    }

    private boolean isReady() {
        return Files.exists(runFile(data)) && told(data).has("pids");
    }

    private Path log() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private static Path runFile(Path data) {
        return data.resolve("run").resolve("headwater.json");
    }

    private static JsonNode told(Path data) {
        try {
            return JSON.readTree(Files.readString(runFile(data)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Below the ports that operating systems hand out for outgoing connections.
    private static int freeOffset() {
        while (true) {
            int offset = ThreadLocalRandom.current().nextInt(100, 12_000);
            Ports ports = Ports.withOffset(offset);
            boolean free =
                    Stream.concat(
                                    Stream.of(App.values()).map(app -> app.port(offset)),
                                    Stream.of(
                                            ports.kafka(),
                                            ports.kafkaController(),
                                            ports.postgres(),
                                            ports.s3(),
                                            ports.registry(),
                                            ports.registryManagement()))
                            .noneMatch(Ports::isTaken);
            if (free) {
                return offset;
            }
        }
    }
}
