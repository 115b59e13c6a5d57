package io.headwater.jobs.replay;

import io.headwater.archive.s3.Bucket;
import io.headwater.jobs.platform.s3.S3Settings;
import io.headwater.vault.Erasures;
import io.headwater.vault.VaultReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Deletes the recordings of those whose keys were destroyed: the step [Erasures#RECORDINGS].
///
/// Begins when every put that was begun without knowing is over; later ones know ([Erased]). So
/// what is deleted stays away, whichever instance archives. Several instances may delete at once.
@Component
final class RecordingErasure extends RecordingLoop {

    private static final Logger log = LoggerFactory.getLogger(RecordingErasure.class);

    /// Between the answer of the vault and the beginning of a round.
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final Recordings recordings;

    /// Longest time between the end of a key and the last put that did not know.
    private final Duration settled;

    RecordingErasure(VaultReader vault, Bucket bucket, S3Settings s3) {
        super("recording-erasure", "recordings are not deleted", vault);
        this.recordings = new Recordings(bucket);
        this.settled = PutRound.LIMIT.plus(s3.callLimit()).plus(MARGIN);
    }

    @Override
    void round(VaultReader made) {
        var erasures = made.erasures();
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
}
