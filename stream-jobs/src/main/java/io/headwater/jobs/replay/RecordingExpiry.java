package io.headwater.jobs.replay;

import io.headwater.archive.s3.Bucket;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Deletes the recordings whose time is over, by the day that their folder names, or tells what
/// would go: the part [DataKind#RECORDINGS] of the runs that command-api asks for.
///
/// What is counted is what was deleted; of a piece that was deleted when this process died nothing
/// is counted.
@Component
final class RecordingExpiry extends RecordingLoop {

    private static final Logger log = LoggerFactory.getLogger(RecordingExpiry.class);

    private final Recordings recordings;
    private final String holder = UUID.randomUUID().toString();

    RecordingExpiry(VaultReader vault, Bucket bucket) {
        super("recording-expiry", "recordings do not end", vault);
        this.recordings = new Recordings(bucket);
    }

    @Override
    void round(VaultReader made) {
        var runs = made.retentionRuns();
        runs.take(Set.of(DataKind.RECORDINGS), holder)
                .ifPresent(work -> carryOut(runs, recordings, work));
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
}
