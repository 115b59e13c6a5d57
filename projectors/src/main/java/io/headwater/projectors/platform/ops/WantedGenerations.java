package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.State;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which generations are to run.
@Component
class WantedGenerations {

    /// @param bulk its first rows are made in bulk, and are not there yet
    /// @param archive they are made from the archive, as far as it goes
    /// @param rateLimit source records per second; null: not limited
    record Wanted(
            Generation generation,
            int foldVersion,
            State state,
            boolean bulk,
            boolean archive,
            @Nullable Integer rateLimit) {}

    private final JdbcClient jdbc;

    WantedGenerations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param projections those of this instance
    List<Wanted> of(Set<String> projections) {
        return jdbc.sql(
                        """
                        select projection, generation, fold_version, state, rate_limit,
                               backfill = 'bulk', backfill_from = 'archive'
                        from ops.projection
                        where runs and state <> 'GONE' and projection in (:projections)
                        order by projection, generation\
                        """)
                .param("projections", projections)
                .query((row, number) ->
                        new Wanted(
                                new Generation(row.getString(1), row.getInt(2)),
                                row.getInt(3),
                                State.valueOf(row.getString(4)),
                                row.getBoolean(6),
                                row.getBoolean(7),
                                row.getObject(5, Integer.class)))
                .list();
    }
}
