package io.headwater.command.lead;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.Kills;
import io.headwater.command.RunningDecider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `kill -9` at steps of a rebuild of the stores, each run beginning where the one before was
/// ended.
record KilledRebuild(RunningDecider decider) {

    private static final List<String> STEPS = List.of("folded", "results", "deleted");

    /// The last one leaves half a state: the old one is deleted, the new one is not there.
    void again(Kills kills) throws IOException, InterruptedException {
        for (int kill = 0; kill < kills.count(); kill++) {
            String step = STEPS.get(Math.floorMod(kill - kills.count(), STEPS.size()));
            // early enough for the mark to be there still
            killAfter(step, Duration.ofMillis(step.equals("deleted") ? 0 : kills.after(0, 300)));
        }
    }

    /// @param wait after the line of the step
    private void killAfter(String step, Duration wait) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RebuildProcess.class.getName(),
                                decider.bootstrap(),
                                decider.work().toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().anyMatch(line -> line.contains(step)))
                    .as("came to '%s'", step)
                    .isTrue();
            process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
