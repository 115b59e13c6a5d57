package io.headwater.query.projection;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.headwater.query.platform.paging.Paged;
import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What became of the generations of a projection, and what did their comparisons find?
@Component
class HistoryQuery {
    private final JdbcClient jdbc;

    HistoryQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A step of a generation.
    ///
    /// @param fromState null: it was planned
    /// @param actor the key that asked, or the projectors themselves
    record Transition(
            long id,
            int generation,
            @Nullable String fromState,
            String toState,
            @Nullable String reason,
            String actor,
            Instant at) {}

    /// @param id of the report
    /// @param json as the projectors wrote it
    record Report(long id, String json) {}

    /// Newest first.
    ///
    /// @param before id of the last one of the page before; null: the first page
    Paged<Transition> transitions(String projection, @Nullable Long before, int limit) {
        var conditions = new Conditions().add("projection = :projection", "projection", projection);
        if (before != null) {
            conditions.add("id < :before", "before", before);
        }
        List<Transition> found =
                jdbc.sql(
                                """
                                select id, generation, from_state, to_state, reason, actor, at
                                from ops.transition
                                %s
                                order by id desc
                                limit :rows
                                """
                                        .formatted(conditions.sql()))
                        .params(conditions.params())
                        .param("rows", limit + 1)
                        .query(Rows.of(Transition.class))
                        .list();
        if (found.size() <= limit) {
            return new Paged<>(found, null);
        }
        List<Transition> page = found.subList(0, limit);
        return new Paged<>(page, Long.toString(page.getLast().id()));
    }

    /// The newest one.
    Optional<Report> report(String projection, int generation) {
        return jdbc.sql(
                        """
                        select id, report::text as json
                        from ops.report
                        where projection = :projection
                          and generation = :generation
                        order by id desc
                        limit 1
                        """)
                .param("projection", projection)
                .param("generation", generation)
                .query(Rows.of(Report.class))
                .optional();
    }

    /// Some keys of the live tables, compared with what their events give.
    ///
    /// @param generation null: none was compared
    /// @param seed with `wanted`: what picked the keys
    /// @param findings key and rows of the first that differ, JSON
    record Sample(
            long id,
            long requestId,
            @Nullable Integer generation,
            Instant askedAt,
            @Nullable Instant endedAt,
            int wanted,
            long seed,
            int keys,
            long rows,
            int differing,
            int skipped,
            @Nullable String reason,
            @JsonRawValue String findings) {}

    /// The newest ones first.
    List<Sample> samples(String projection, int limit) {
        return jdbc.sql(
                        """
                        select id, request as request_id, generation, asked_at, ended_at, wanted,
                               seed, keys, rows, differing, skipped, reason,
                               findings::text as findings
                        from ops.sample
                        where projection = :projection
                        order by id desc
                        limit :limit
                        """)
                .param("projection", projection)
                .param("limit", limit)
                .query(Rows.of(Sample.class))
                .list();
    }
}
