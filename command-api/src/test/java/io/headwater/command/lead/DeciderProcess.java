package io.headwater.command.lead;

import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.InstanceSettings;
import io.headwater.command.platform.axon.DeciderMetrics;
import io.headwater.command.platform.axon.DeciderRunner;
import io.headwater.command.platform.axon.DeciderSettings;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.kafka.KafkaSettings;
import io.headwater.schema.KafkaSecurity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// The lead decider as a process of its own, to be killed; ends with its standard input.
public final class DeciderProcess {

    private DeciderProcess() {}

    public static void main(String... args) throws IOException {
        var runner = runner(args[0], Path.of(args[1]), args[2]);
        runner.start();
        while (System.in.read() >= 0) {
            Thread.onSpinWait();
        }
        runner.stop();
    }

    static DeciderRunner runner(String bootstrap, Path stateDir, String instance) {
        return new DeciderRunner(
                LeadDecider.of(
                        TestSchemas.ids(),
                        Duration.ofHours(24),
                        new LeadMetrics(new SimpleMeterRegistry()),
                        TestVaultKeys.names(),
                        Suppressions.NONE),
                new DeciderMetrics(new SimpleMeterRegistry(), "lead"),
                new KafkaSettings(
                        bootstrap,
                        KafkaSecurity.NONE,
                        Duration.ofSeconds(5),
                        1000,
                        DataSize.ofMegabytes(8)),
                new DeciderSettings(1, Duration.ofMillis(100), 0, DataSize.ofMegabytes(32)),
                new InstanceSettings(instance, stateDir, URI.create("http://127.0.0.1")));
    }
}
