package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.backends.Installation;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A command of the script that is a program of its own.
final class Program {

    private Program() {}

    /// @param module folder of it
    /// @param main its class
    /// @param status that it is to end with
    /// @return all that it says
    static String run(String module, String main, int status, List<String> words)
            throws IOException, InterruptedException {
        return run(module, main, status, Map.of(), words);
    }

    /// @param environment added to ours
    static String run(
            String module,
            String main,
            int status,
            Map<String, String> environment,
            List<String> words)
            throws IOException, InterruptedException {
        Path target = Installation.find().root().resolve(module).resolve("target");
        var command = new ArrayList<String>();
        command.add(Installation.java().toString());
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("--sun-misc-unsafe-memory-access=allow");
        String classPath =
                target.resolve("classes")
                        + File.pathSeparator
                        + Files.readString(target.resolve("classpath")).strip();
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(words);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }

    /// `./headwater keys` of a platform that runs.
    static String keys(LaunchedPlatform platform, String... words)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--run-file", runFile(platform)));
        return run("infra/vault", "io.headwater.vault.VaultMain", 0, all);
    }

    static String runFile(LaunchedPlatform platform) {
        return platform.data().resolve("run/headwater.json").toString();
    }
}
