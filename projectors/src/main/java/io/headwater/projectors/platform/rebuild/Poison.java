package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.Folds;
import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.lag.LiveLetters;
import io.headwater.projectors.platform.lag.LogEnds;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Events that a generation on its way could not fold though the live one could: it would lack what
/// they say, so it need not go on.
@Component
class Poison {

    /// The first of each partition that the live generation has no letter of: it comes to that
    /// before the later ones.
    private static final String FIRST =
            """
            select distinct on (topic, part) topic, part, "offset", stage, cause, key
            from ops.dead_letter as mine
            where projection = :projection and generation = :candidate
              and not exists (
                  select from ops.dead_letter as known
                  where known.projection = mine.projection and known.generation = :live
                    and (known.topic, known.part, known."offset") = (mine.topic, mine.part, mine."offset"))
            order by topic, part, "offset"\
            """;

    private record Letter(
            String topic,
            int part,
            long offset,
            String stage,
            String cause,
            byte @Nullable [] key) {}

    private final LiveLetters letters;
    private final Folds folds;
    private final JdbcClient jdbc;

    Poison(LiveLetters letters, Folds folds, JdbcClient jdbc) {
        this.letters = letters;
        this.folds = folds;
        this.jdbc = jdbc;
    }

    /// @return why the candidate cannot become what the live one is; empty when nothing is known to
    ///   speak against it
    /// @throws ExecutionException when Kafka is away
    Optional<String> in(Generation candidate, Generations.Row live)
            throws ExecutionException, InterruptedException {
        for (var letter : unknown(candidate, live.generation())) {
            var sources =
                    folds.of(candidate.projection(), live.foldVersion())
                            .map(fold -> new LogEnds.Followed(live.generation(), fold.sources()));
            var source = new TopicPartition(letter.topic(), letter.part());
            if (sources.isPresent()
                    && letters.of(sources.get(), source, letter.offset())
                            == LiveLetters.Verdict.NEW) {
                return Optional.of(
                        LiveLetters.reason(
                                live.generation(),
                                source,
                                letter.offset(),
                                letter.key(),
                                letter.stage(),
                                letter.cause()));
            }
        }
        return Optional.empty();
    }

    private List<Letter> unknown(Generation candidate, Generation live) {
        return jdbc.sql(FIRST)
                .param("projection", candidate.projection())
                .param("candidate", candidate.number())
                .param("live", live.number())
                .query((row, number) ->
                        new Letter(
                                row.getString(1),
                                row.getInt(2),
                                row.getLong(3),
                                row.getString(4),
                                row.getString(5),
                                row.getBytes(6)))
                .list();
    }
}
