package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.backends.Backends;
import io.headwater.command.TestLog;
import io.headwater.command.platform.web.body.Json;
import io.headwater.vault.VaultLogin;
import io.headwater.vault.VaultReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// command-api as a process of its own, to be killed and started again on the same port and state.
final class KillableApi implements AutoCloseable {

    /// To be alive again, with all that it finds undone.
    static final Duration RECOVERY = Duration.ofMinutes(4);

    private static final String ADMIN_KEY = "kill-admin";

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final Path folder;
    private final String bootstrap;
    private final VaultReader vault;
    private final List<String> arguments;
    private final int port;
    private @Nullable Process process;

    /// @param folder of its state and its log
    /// @param more arguments
    KillableApi(Path folder, Backends backends, String... more) throws IOException {
        this.folder = folder;
        bootstrap = backends.kafkaBootstrap();
        vault =
                new VaultReader(
                        new VaultLogin(
                                backends.jdbcUrl(),
                                backends.jdbcVaultUser(),
                                "",
                                folder.resolve("kek.json").toUri().toString()),
                        "test",
                        Duration.ofMinutes(5));
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        arguments =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx384m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CommandApiProcess.class.getName(),
                                "--server.port=" + port,
                                "--headwater.instance=kill-1",
                                "--headwater.kafka.bootstrap-servers=" + backends.kafkaBootstrap(),
                                "--headwater.state-dir=" + folder.resolve("state"),
                                "--headwater.vault.kek=" + folder.resolve("kek.json").toUri(),
                                "--headwater.access.decision-wait=30s",
                                "--headwater.access.admin-api-key=" + ADMIN_KEY));
        arguments.addAll(List.of(more));
    }

    /// Its topics, opened with the keys of its vault.
    TestLog log() {
        return new TestLog(bootstrap, vault.personal());
    }

    /// Returns when it is well.
    void launch() throws IOException {
        process =
                new ProcessBuilder(arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        folder.resolve("command-api.log").toFile()))
                        .start();
        await().atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> call("GET", "/health", "").statusCode() == 200);
    }

    /// `kill -9`
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /// @param headers name, value, name, value …
    /// @throws IOException when there is no answer
    HttpResponse<String> call(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(40))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /// As the administrator; fails when it is refused.
    JsonNode administer(String method, String path, String body)
            throws IOException, InterruptedException {
        return accepted(call(method, path, body, "X-API-Key", ADMIN_KEY));
    }

    /// As the administrator, again while something that it needs is away.
    JsonNode read(String path) {
        return accepted(
                await().atMost(RECOVERY)
                        .until(
                                () -> call("GET", path, "", "X-API-Key", ADMIN_KEY),
                                answer -> answer.statusCode() != 503));
    }

    private static JsonNode accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode() / 100).as(answer.body()).isEqualTo(2);
        return Json.read(answer.body());
    }

    @Override
    public void close() throws InterruptedException {
        kill();
        client.close();
        vault.close();
    }
}
