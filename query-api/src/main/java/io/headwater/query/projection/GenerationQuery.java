package io.headwater.query.projection;

import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Which generations are there, how is each, and what did its newest comparison say?
@Component
class GenerationQuery {
    private final JdbcClient jdbc;

    GenerationQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// By projection and generation.
    ///
    /// @param projection null: of all projections
    List<GenerationRow> list(@Nullable String projection) {
        var conditions = new Conditions();
        if (projection != null) {
            conditions.add("projection = :projection", "projection", projection);
        }
        return jdbc.sql(
                        """
                        select projection, generation, fold_version, state, health, reason, purpose,
                               planned_at, live_at, retire_at,
                               array_to_string(expected, ',') as expected, max_rate, rate_limit,
                               source_first, source_end, source_lag, sink_lag, lag_age_ms,
                               rate_per_second, heartbeat, updated_at,
                               heartbeat > now() - interval '10 seconds' as alive,
                               case when backfill = 'bulk' then backfill_step end as step,
                               state = 'RETIRING' and (not runs or retire_at <= now()) is true
                                   as retiring,
                               newest.id as report_id, newest.at as report_at, newest.against,
                               newest.equal, newest.rows, newest.differences,
                               sampled.*
                        from ops.projection
                        left join lateral (
                            select id, at, against, equal,
                                   coalesce((report ->> 'rows')::bigint, 0) as rows,
                                   (select coalesce(
                                               sum((one -> 'differences' ->> 'total')::bigint), 0)
                                    from jsonb_array_elements(report -> 'tables') as one)
                                       as differences
                            from ops.report
                            where report.projection = projection.projection
                              and report.generation = projection.generation
                            order by id desc
                            limit 1) as newest on true
                        left join lateral (
                            select id as sample_id, request as sample_request,
                                   asked_at as sample_asked_at, ended_at as sample_ended_at,
                                   wanted as sample_wanted, keys as sample_keys,
                                   rows as sample_rows, differing as sample_differing,
                                   skipped as sample_skipped, reason as sample_reason
                            from ops.sample
                            where sample.projection = projection.projection
                            order by id desc
                            limit 1) as sampled on projection.state = 'LIVE'
                        %s
                        order by projection, generation
                        """
                                .formatted(conditions.sql()))
                .params(conditions.params())
                .query(Rows.of(GenerationRow.class))
                .list();
    }

    /// State of one generation.
    Optional<String> state(String projection, int generation) {
        return jdbc.sql(
                        """
                        select state
                        from ops.projection
                        where projection = :projection
                          and generation = :generation
                        """)
                .param("projection", projection)
                .param("generation", generation)
                .query(String.class)
                .optional();
    }
}
