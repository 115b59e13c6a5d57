package io.headwater.jobs.replay;

import io.headwater.jobs.platform.KeptLoop;
import io.headwater.vault.VaultReader;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Asks the vault every two seconds whether recordings are to be deleted; until there is a vault it
/// waits, and what fails is tried again.
abstract class RecordingLoop implements SmartLifecycle {

    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final VaultReader vault;
    private final String complaint;
    private final KeptLoop loop;

    /// @param name of the thread
    /// @param complaint what does not happen when it fails, in the log
    RecordingLoop(String name, String complaint, VaultReader vault) {
        this.vault = vault;
        this.complaint = complaint;
        this.loop = new KeptLoop(name, PAUSE, this::live, this::broken);
    }

    /// Does what is to be done now.
    ///
    /// @param made it is there
    abstract void round(VaultReader made);

    private void live(CountDownLatch stop) {
        try {
            do {
                if (vault.isMade()) {
                    round(vault);
                }
            } while (!stop.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void broken(RuntimeException away) {
        log.atWarn().addKeyValue("reason", away.getMessage()).log(complaint + ", tried again");
    }

    @Override
    public void start() {
        loop.start();
    }

    @Override
    public void stop() {
        loop.stop();
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }
}
