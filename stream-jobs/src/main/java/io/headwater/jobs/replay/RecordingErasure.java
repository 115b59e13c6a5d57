package io.headwater.jobs.replay;

import io.headwater.archive.s3.Bucket;
import io.headwater.jobs.platform.KeptLoop;
import io.headwater.jobs.platform.s3.S3Settings;
import io.headwater.vault.Erasures;
import io.headwater.vault.VaultReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Deletes the recordings of those whose keys were destroyed: the step [Erasures#RECORDINGS].
///
/// Begins when every put that was begun without knowing is over; later ones know ([Erased]). So
/// what is deleted stays away, whichever instance archives. Several instances may delete at once.
@Component
class RecordingErasure implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RecordingErasure.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// Between the answer of the vault and the beginning of a round.
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final VaultReader vault;
    private final Recordings recordings;
    private final Duration settled;
    private final KeptLoop loop =
            new KeptLoop("recording-erasure", PAUSE, this::live, RecordingErasure::broken);

    RecordingErasure(VaultReader vault, Bucket bucket, S3Settings s3) {
        this.vault = vault;
        this.recordings = new Recordings(bucket);
        this.settled = PutRound.LIMIT.plus(s3.callLimit()).plus(MARGIN);
    }

    private void live(CountDownLatch stop) {
        try {
            do {
                if (vault.isMade()) {
                    round(vault.erasures(), recordings, settled);
                }
            } while (!stop.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @param settled longest time between the end of a key and the last put that did not know
    static void round(Erasures erasures, Recordings recordings, Duration settled) {
        for (String leadId : erasures.waiting(Erasures.RECORDINGS, settled)) {
            try {
                long deleted = recordings.delete(erasures.traces(leadId).sessions());
                erasures.done(leadId, Erasures.RECORDINGS, deleted);
                log.atInfo()
                        .addKeyValue("lead", leadId)
                        .addKeyValue("objects", deleted)
                        .log("recordings deleted");
            } catch (IOException away) {
                throw new UncheckedIOException(away);
            }
        }
    }

    private static void broken(RuntimeException away) {
        log.atWarn()
                .addKeyValue("reason", away.getMessage())
                .log("recordings are not deleted, tried again");
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
