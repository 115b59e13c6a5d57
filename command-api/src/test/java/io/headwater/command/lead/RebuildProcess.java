package io.headwater.command.lead;

import io.headwater.command.TestSchemas;
import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.state.EventSource;
import io.headwater.command.platform.state.StateRebuild;
import io.headwater.schema.Brokers;
import java.nio.file.Path;
import java.time.Duration;

/// A rebuild of the lead decider's stores as a process of its own, to be killed; says where it is,
/// a line for each step.
public final class RebuildProcess {

    private RebuildProcess() {}

    public static void main(String... args) {
        rebuild(args[0], Path.of(args[1])).run();
    }

    static StateRebuild rebuild(String bootstrap, Path work) {
        return new StateRebuild(
                LeadHistory.of(TestSchemas.ids(), Duration.ofHours(24), TestVaultKeys.names()),
                EventSource.kafka(Brokers.at(bootstrap)),
                work,
                System.out::println);
    }
}
