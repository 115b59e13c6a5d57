package io.headwater.launcher;

import io.headwater.backends.ChildProcess;
import io.headwater.backends.ChildSpec;
import io.headwater.backends.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// query-api of a platform that was started without it, where its address says, in a process of its
/// own, to be killed.
final class QueryApiProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final ChildSpec spec;
    private @Nullable ChildProcess running;

    QueryApiProcess(LaunchedPlatform platform) {
        spec =
                new ChildSpec(
                        App.QUERY_API.label(),
                        List.of(
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"),
                        Installation.find().withBackends(App.QUERY_API.label()),
                        "io.headwater.backends.child.AppMain",
                        List.of(App.QUERY_API.mainClass()),
                        Map.of(
                                "SPRING_APPLICATION_JSON",
                                JsonMapper.shared().writeValueAsString(settings(platform))),
                        platform.data().resolve("logs").resolve("killed-query-api.out"),
                        START_LIMIT,
                        STOP_LIMIT);
    }

    /// A busy machine may let a connection, a query or an answer wait.
    private static Map<String, String> settings(LaunchedPlatform platform) {
        return Map.of(
                "server.port",
                String.valueOf(platform.queryApi().getPort()),
                "headwater.postgres.url",
                platform.told().path("postgres").path("jdbc_url").asString(),
                "headwater.postgres.connect-limit",
                "20s",
                "headwater.postgres.query-limit",
                "60s",
                "headwater.access.admin-api-key",
                platform.adminKey(),
                "headwater.command-api.url",
                platform.commandApi().toString(),
                "headwater.command-api.answer-limit",
                "60s",
                "headwater.rebuild.answer-limit",
                "50s");
    }

    /// Returns when it answers.
    void launch() {
        var launched = ChildProcess.start(spec);
        running = launched;
        launched.awaitReady();
    }

    /// `kill -9`
    void kill() {
        var killed = running;
        if (killed == null || !killed.isAlive()) {
            throw new AssertionError("query-api does not run: there is nothing to kill");
        }
        killed.kill();
    }

    @Override
    public void close() {
        var last = running;
        if (last != null) {
            last.close();
        }
    }
}
