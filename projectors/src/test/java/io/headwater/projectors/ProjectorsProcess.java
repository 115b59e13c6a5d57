package io.headwater.projectors;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The application as a process of its own, to be killed or frozen; ends with its standard input.
final class ProjectorsProcess implements AutoCloseable {

    private final Path log;
    private final List<String> command;
    private @Nullable Process process;

    /// @param name of the instance, and of its log in the platform's folder
    ProjectorsProcess(Platform platform, String name, String... more) {
        log = platform.folder().resolve(name + ".log");
        command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx384m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ProjectorsProcess.class.getName()));
        command.addAll(
                platform.arguments(
                        List.of(
                                        List.of(more),
                                        List.of(
                                                "--headwater.instance=" + name,
                                                "--headwater.state-dir="
                                                        + platform.folder().resolve(name)))
                                .stream()
                                .flatMap(List::stream)
                                .toArray(String[]::new)));
    }

    public static void main(String... args) throws IOException {
        var context = Projectors.start(args);
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        context.close();
    }

    /// @param jvmOptions besides its own
    void launch(String... jvmOptions) throws IOException {
        var options = new ArrayList<>(command);
        options.addAll(1, List.of(jvmOptions));
        process =
                new ProcessBuilder(options)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
    }

    /// `kill -9`
    void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /// @return what it ended with by itself
    int awaitEnd(Duration limit) throws InterruptedException, IOException {
        if (!running().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("still runs after " + limit + ", its log: " + log);
        }
        return running().exitValue();
    }

    /// @param signal `STOP` or `CONT`
    void signal(String signal) throws IOException, InterruptedException {
        int status =
                new ProcessBuilder("kill", "-" + signal, String.valueOf(running().pid()))
                        .start()
                        .waitFor();
        if (status != 0) {
            throw new IOException("no process to send " + signal + " to");
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    private Process running() {
        return Objects.requireNonNull(process, "not launched");
    }
}
