package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.Generation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a sink is doing, for whoever asks, and each change of it in the log: a reason that stays is
/// said once.
final class SinkStanding {

    private static final Logger log = LoggerFactory.getLogger(SinkStanding.class);

    private final Generation generation;
    private volatile SinkStatus status = new SinkStatus(SinkStatus.State.STARTING, 0, null);
    private String told = "";

    SinkStanding(Generation generation) {
        this.generation = generation;
    }

    SinkStatus status() {
        return status;
    }

    boolean isStopped() {
        return status.state() == SinkStatus.State.STOPPED;
    }

    boolean isRunning() {
        return status.state() == SinkStatus.State.RUNNING;
    }

    /// @param partitions that are claimed
    void running(int partitions) {
        status = new SinkStatus(SinkStatus.State.RUNNING, partitions, null);
    }

    /// Something was written: whatever it waited for is over.
    void goesOn() {
        told = "";
    }

    void waiting(String reason, Exception cause) {
        if (!reason.equals(told)) {
            told = reason;
            log.atWarn()
                    .addKeyValue("projection", generation)
                    .addKeyValue("reason", reason)
                    .addKeyValue("kind", cause.getClass().getSimpleName())
                    .log("sink waits and tries again");
        }
        status = new SinkStatus(SinkStatus.State.WAITING, 0, reason);
    }

    void stop(String reason) {
        log.atError()
                .addKeyValue("projection", generation)
                .addKeyValue("reason", reason)
                .log("sink stopped");
        status = new SinkStatus(SinkStatus.State.STOPPED, 0, reason);
    }
}
