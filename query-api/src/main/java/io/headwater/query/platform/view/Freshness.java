package io.headwater.query.platform.view;

import io.headwater.query.platform.postgres.Rows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What the live generations stand at.
@Component
public class Freshness {
    private final JdbcClient jdbc;

    Freshness(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param asOf everything acknowledged before this moment is in the views; null when no
    ///   generation is live
    /// @param live each of them, by projection
    public record Stand(@Nullable Instant asOf, List<Live> live) {

        /// `leads=1, sessions=1`
        public String generations() {
            return live.stream()
                    .map(row -> row.projection() + "=" + row.generation())
                    .collect(Collectors.joining(", "));
        }
    }

    /// @param asOf everything acknowledged before this moment is in this one
    public record Live(String projection, int generation, Instant asOf) {}

    /// The oldest of these projections decides. Asked in the snapshot that the views are read in,
    /// so the answer is never older than what it says.
    ///
    /// A projector that stopped reporting leaves its last word: then the moment stands still. It
    /// also stands still while a projector reports but its sink does not write: what the sink has
    /// not read yet has no age that anyone knows, and the sink's own beat moves only while it
    /// works.
    public Stand of(Collection<String> projections) {
        List<Live> live =
                jdbc.sql(
                                """
                                select projection, generation,
                                       least(
                                           heartbeat - lag_age_ms * interval '1 millisecond',
                                           case
                                               when health not in ('RUNNING', 'CATCHING_UP')
                                               then (select min(heartbeat)
                                                     from ops.projection_position as part
                                                     where part.projection = projection.projection
                                                       and part.generation = projection.generation)
                                           end) as as_of
                                from ops.projection
                                where state = 'LIVE'
                                  and projection in (:projections)
                                order by projection
                                """)
                        .param("projections", projections)
                        .query(Rows.of(Live.class))
                        .list();
        return new Stand(live.stream().map(Live::asOf).min(Instant::compareTo).orElse(null), live);
    }
}
