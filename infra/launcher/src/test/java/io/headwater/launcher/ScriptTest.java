package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script `headwater` in a tree of its own, with a JDK, a Maven and a Node that only say that
/// they were called.
class ScriptTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final List<String> MODULES =
            List.of(
                    "event-schemas",
                    "infra/backends",
                    "infra/streams",
                    "infra/archive",
                    "infra/vault",
                    "infra/web",
                    "command-api",
                    "stream-jobs",
                    "projectors",
                    "query-api",
                    "infra/launcher",
                    "infra/bench");

    @TempDir Path temporary;

    private Path root;
    private Path jdk;
    private Path tools;

    @BeforeEach
    void makeATree() throws IOException {
        Path folder = temporary.toRealPath();
        root = Files.createDirectory(folder.resolve("a tree"));
        jdk = folder.resolve("jdk");
        tools = folder.resolve("tools");
        Files.copy(Path.of("../../headwater"), root.resolve("headwater"));
        program(jdk.resolve("bin/javac"), "");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        program(jdk.resolve("bin/java"), "echo \"java runs\"");
        program(tools.resolve("mvn"), "echo \"mvn runs\"; exit 1");
        program(tools.resolve("node"), "");
        program(tools.resolve("npm"), "");
        Files.writeString(root.resolve("pom.xml"), "");
        for (String module : MODULES) {
            Path target = Files.createDirectories(root.resolve(module).resolve("target"));
            Files.writeString(target.resolve("classpath"), "none");
        }
    }

    @Test
    void aLinkToTheScriptFindsTheTree() throws Exception {
        Path link = root.resolveSibling("link");
        Files.createSymbolicLink(link, Path.of("other link"));
        Files.createSymbolicLink(root.resolveSibling("other link"), root.resolve("headwater"));

        assertThat(run(link, "down").said()).contains("does not run on " + root.resolve("data"));
    }

    @Test
    void whatIsBuiltIsNotBuiltAgain() throws Exception {
        built(root);

        assertThat(headwater("up")).isEqualTo(new Run(0, "java runs\n"));
    }

    @Test
    void aTreeThatWasMovedIsBuiltAgain() throws Exception {
        built(root.resolveSibling("where it was"));

        var up = headwater("up");

        assertThat(up.status()).isEqualTo(1);
        assertThat(up.said()).contains("mvn runs", "the build failed");
    }

    @Test
    void aHomeIsNotNeeded() throws Exception {
        built(root);
        var builder = builder(root.resolve("headwater"), "up");
        builder.environment().remove("HOME");

        assertThat(finish(builder.start())).isEqualTo(new Run(0, "java runs\n"));
    }

    @Test
    void whatRunsFromTheTreeIsNotBuiltUnder() throws Exception {
        Process runs =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "read line; :",
                                "java",
                                "io.headwater.launcher.Main",
                                "up",
                                "--root",
                                root.toString(),
                                "--data",
                                "/elsewhere")
                        .start();
        try {
            for (String command : List.of("up", "test", "bench")) {
                var refused = headwater(command);

                assertThat(refused.status()).isEqualTo(1);
                assertThat(refused.said())
                        .contains("(pid " + runs.pid() + ")")
                        .doesNotContain("mvn runs");
            }
            built(root);
            assertThat(headwater("up").said()).isEqualTo("java runs\n");
        } finally {
            runs.destroyForcibly();
        }
    }

    @Test
    void theAuditReadsWhereThePlatformRuns() throws Exception {
        program(jdk.resolve("bin/java"), "for word; do echo \"$word\"; done");
        assertThat(headwater("audit", "leads").said())
                .contains("does not run on " + root.resolve("data"));

        Path run = root.resolve("data/run/headwater.json");
        Files.createDirectories(run.getParent());
        Files.writeString(run, "{}");
        var audit = headwater("audit", "leads", "--site=main", "--limit", "5");
        assertThat(audit.status()).as(audit.said()).isZero();
        assertThat(audit.said())
                .contains(
                        "io.headwater.command.state.AuditMain\nleads\n--site\nmain\n--limit\n5\n",
                        "--run-file\n" + run);
        assertThat(headwater("audit").said()).contains("./headwater audit lead");
        assertThat(headwater("audit", "leads", "--other").status()).isEqualTo(2);
        var rebuild = headwater("rebuild-state", "access", "--dry-run");
        assertThat(rebuild.said())
                .contains(
                        "io.headwater.command.state.RebuildStateMain\naccess\n--dry-run\n--run-file",
                        "--work\n" + root.resolve("data/state"));
        assertThat(headwater("rebuild-state", "--help").said()).contains("--without command-api");
    }

    @Test
    void operatorsCommandsArePassedOnWithTheirDataAndStatus() throws Exception {
        program(jdk.resolve("bin/java"), "for word; do echo \"$word\"; done; exit 1");
        var away = headwater("rebuild", "leads");
        assertThat(away.status()).isEqualTo(2);
        assertThat(away.said()).contains("does not run on " + root.resolve("data"));

        Path other = root.resolveSibling("other data");
        Files.createDirectories(other.resolve("run"));
        Files.writeString(other.resolve("run/headwater.json"), "{}");
        for (String command :
                List.of("projections", "rebuild", "verify", "rollback", "retire", "report")) {
            var run = headwater(command, "--data", other.toString(), "leads", "--max-rate", "5");

            assertThat(run.status()).as(run.said()).isEqualTo(1);
            assertThat(run.said())
                    .endsWith(
                            "io.headwater.launcher.Main\n%s\nleads\n--max-rate\n5\n--data\n%s\n"
                                    .formatted(command, other));
            assertThat(headwater(command, "--help").said()).contains("./headwater " + command);
        }
    }

    @Test
    void theLogWithTheKeyIsPrivate() throws Exception {
        built(root);
        Path log = root.resolve("data/logs/launcher.log");
        Files.createDirectories(log.getParent());
        Files.writeString(log, "of an older version");
        // Gone with the folder at the latest: nothing of a test may stay behind.
        Path alive = Files.createFile(root.resolveSibling("alive"));
        program(
                jdk.resolve("bin/java"),
                "umask; echo '  for scripts  headwater.json'; while [ -e '%s' ]; do sleep 0.1; done"
                        .formatted(alive));

        var up = headwater("up", "--detach");
        Files.delete(alive);

        assertThat(up.status()).as(up.said()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
                .isEqualTo("rw-------");
        assertThat(log).content().startsWith("0077");
    }

    @Test
    void aDetachedStartThatIsInterruptedIsStopped() throws Exception {
        built(root);
        Path stopped = root.resolveSibling("stopped");
        program(
                jdk.resolve("bin/java"),
                "trap 'touch \"%s\"; exit 0' TERM; echo starting; while :; do sleep 0.1; done"
                        .formatted(stopped));
        Process up = builder(root.resolve("headwater"), "up", "--detach").start();
        Path log = root.resolve("data/logs/launcher.log");
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> Files.readString(log).contains("starting"));

        up.toHandle().destroy();

        assertThat(finish(up).status()).isEqualTo(130);
        assertThat(stopped).exists();
    }

    /// @param said standard output and error
    private record Run(int status, String said) {}

    private Run headwater(String... words) throws IOException, InterruptedException {
        return run(root.resolve("headwater"), words);
    }

    private Run run(Path script, String... words) throws IOException, InterruptedException {
        return finish(builder(script, words).start());
    }

    private ProcessBuilder builder(Path script, String... words) {
        var command = new ArrayList<>(List.of("bash", script.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", jdk.toString());
        builder.environment().merge("PATH", tools.toString(), (path, own) -> own + ":" + path);
        return builder;
    }

    private static Run finish(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), said);
    }

    /// As the build leaves it that ran in this tree.
    private void built(Path tree) throws IOException {
        Files.createDirectories(root.resolve("target"));
        Files.writeString(root.resolve("target/built"), tree + "\n");
    }

    private static void program(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
