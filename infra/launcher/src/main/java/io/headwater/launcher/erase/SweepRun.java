package io.headwater.launcher.erase;

import io.headwater.launcher.sweep.Sweep;
import io.headwater.launcher.sweep.SweepReport;
import io.headwater.launcher.sweep.Value;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Collection;

/// One sweep at a time: another would take the first one's canaries away.
final class SweepRun {

    private SweepRun() {}

    /// @throws Failed when another one runs
    static SweepReport of(Running running, Collection<Value> values, PrintStream err)
            throws Failed, IOException, InterruptedException {
        var file = running.data().resolve("run").resolve("sweep.lock");
        try (var channel =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.tryLock()) {
            if (lock == null) {
                throw new Failed("another sweep runs on " + running.data());
            }
            return new Sweep(running.data(), running.told(), err).of(values);
        }
    }
}
