package io.headwater.jobs.replay;

import io.headwater.archive.s3.Bucket;
import io.headwater.jobs.platform.KeptLoop;
import io.headwater.schema.SessionFolder;
import io.headwater.vault.DataKind;
import io.headwater.vault.RetentionRuns;
import io.headwater.vault.RetentionRuns.Found;
import io.headwater.vault.RetentionRuns.LostPartException;
import io.headwater.vault.RetentionRuns.Work;
import io.headwater.vault.VaultReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Deletes the recordings whose time is over, by the day that their folder names, or tells what
/// would go: the part [DataKind#RECORDINGS] of the runs that command-api asks for.
///
/// What is counted is what was deleted; of a piece that was deleted when this process died nothing
/// is counted.
@Component
class RecordingExpiry implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RecordingExpiry.class);
    private static final Duration PERIOD = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final VaultReader vault;
    private final Recordings recordings;
    private final String holder = UUID.randomUUID().toString();
    private final KeptLoop loop =
            new KeptLoop("recording-expiry", PAUSE, this::live, RecordingExpiry::broken);

    RecordingExpiry(VaultReader vault, Bucket bucket) {
        this.vault = vault;
        this.recordings = new Recordings(bucket);
    }

    private void live(CountDownLatch stop) {
        try {
            do {
                if (vault.isMade()) {
                    var runs = vault.retentionRuns();
                    runs.take(Set.of(DataKind.RECORDINGS), holder)
                            .ifPresent(work -> carryOut(runs, recordings, work));
                }
            } while (!stop.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @throws LostPartException when another one goes on
    static void carryOut(RetentionRuns runs, Recordings recordings, Work work) {
        // no site has a rule of its own
        var cutoff = Objects.requireNonNull(work.rule().cutoff());
        var found = new ArrayList<Found>();
        try {
            for (String day : recordings.daysBefore(cutoff)) {
                var begin = SessionFolder.end(day).orElseThrow().minus(Duration.ofDays(1));
                String after = "";
                while (after != null) {
                    var piece = recordings.look(day, after, !work.dryRun());
                    var now = found(piece, begin);
                    // a dry run that begins anew counts anew
                    runs.add(work, work.dryRun() ? List.of() : List.of(now));
                    found.add(now);
                    after = piece.last();
                }
            }
        } catch (IOException away) {
            throw new UncheckedIOException(away);
        }
        runs.done(work, work.dryRun() ? found : List.of());
        if (!work.dryRun() && !found.isEmpty()) {
            log.atInfo()
                    .addKeyValue("run", work.runId())
                    .addKeyValue("objects", found.stream().mapToLong(Found::objects).sum())
                    .log("recordings deleted, their time is over");
        }
    }

    private static Found found(Recordings.Piece piece, Instant day) {
        return new Found("", piece.sessions(), 0, piece.objects(), piece.bytes(), day, day);
    }

    private static void broken(RuntimeException away) {
        log.atWarn()
                .addKeyValue("reason", away.getMessage())
                .log("recordings do not end, tried again");
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
