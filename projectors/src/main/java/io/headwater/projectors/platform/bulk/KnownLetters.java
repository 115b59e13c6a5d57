package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Folds;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.lag.LiveLetters;
import io.headwater.projectors.platform.lag.LogEnds;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Source records that the live generation could not fold either.
@Component
class KnownLetters {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;

    private record Live(Generation generation, int foldVersion) {}

    private final LiveLetters letters;
    private final Folds folds;
    private final JdbcClient jdbc;

    KnownLetters(LiveLetters letters, Folds folds, JdbcClient jdbc) {
        this.letters = letters;
        this.folds = folds;
        this.jdbc = jdbc;
    }

    /// Waits for the live generation to come to the record.
    ///
    /// @return the live generation when it could fold it; empty when it could not either
    /// @throws TimeoutException when it does not
    Optional<Generation> foldedBy(String projection, TopicPartition partition, long offset)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            var live = live(projection);
            var verdict =
                    live.isEmpty()
                            ? LiveLetters.Verdict.OPEN
                            : letters.of(live.get(), partition, offset);
            if (verdict != LiveLetters.Verdict.OPEN) {
                return verdict == LiveLetters.Verdict.KNOWN
                        ? Optional.empty()
                        : live.map(LogEnds.Followed::generation);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        throw new TimeoutException(
                "%s offset %d cannot be folded, and the live generation has not come to it"
                        .formatted(partition, offset));
    }

    private Optional<LogEnds.Followed> live(String projection) {
        return jdbc.sql(
                        "select generation, fold_version from ops.projection where projection = :projection and state = 'LIVE'")
                .param("projection", projection)
                .query((row, number) ->
                        new Live(new Generation(projection, row.getInt(1)), row.getInt(2)))
                .optional()
                .flatMap(live ->
                        folds.of(projection, live.foldVersion())
                                .map(fold ->
                                        new LogEnds.Followed(live.generation(), fold.sources())));
    }
}
