package io.headwater.query.intake;

import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.time.Instants;
import io.headwater.query.platform.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Does everything that was received have an outcome, and everything that was read a place?
@Component
class AccountingQuery {
    private final JdbcClient jdbc;

    AccountingQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Receipt and decision are counted from different topics, so one of them is always seen first:
    /// a quarter of an hour is judged this long after its end.
    private static final Duration SETTLED_AFTER = Duration.ofMinutes(1);

    /// @param inFlight received without an outcome yet; negative while an outcome was counted first
    /// @param holds received = accepted + duplicate + blocked + test + refused + quarantined in
    ///   every quarter of an hour that is over
    record SourceAccount(
            String siteId,
            String sourceId,
            long received,
            long accepted,
            long duplicate,
            long blocked,
            long test,
            long refused,
            long quarantined,
            long inFlight,
            boolean holds) {}

    /// @param holds read = applied + parked + skipped
    record ProjectionAccount(
            String name, long read, long applied, long parked, long skipped, boolean holds) {}

    List<SourceAccount> bySource(TimeRange range, Instant now) {
        var sql =
                new StringBuilder(
                        """
                        with quarter as (
                            select *, accepted + duplicate + blocked + test + refused + quarantined as decided
                            from read.intake_15m
                        )
                        select site_id, source_id, sum(received) as received,
                               sum(accepted) as accepted, sum(duplicate) as duplicate,
                               sum(blocked) as blocked, sum(test) as test, sum(refused) as refused,
                               sum(quarantined) as quarantined,
                               sum(received - decided) as in_flight,
                               bool_and(received = decided
                                        or bucket + interval '15 minutes' > :settled) as holds
                        from quarter
                        where true
                        """);
        var params = new HashMap<String, Object>();
        params.put("settled", Instants.sql(now.minus(SETTLED_AFTER)));
        if (range.from() != null) {
            sql.append("and bucket >= :from\n");
            params.put("from", Instants.sql(range.from()));
        }
        if (range.to() != null) {
            sql.append("and bucket < :to\n");
            params.put("to", Instants.sql(range.to()));
        }
        sql.append("group by site_id, source_id\norder by received desc, site_id, source_id");
        return jdbc.sql(sql.toString()).params(params).query(Rows.of(SourceAccount.class)).list();
    }

    List<ProjectionAccount> projections() {
        return jdbc.sql(
                        """
                        select projection as name, sum(read) as read, sum(applied) as applied,
                               sum(parked) as parked, sum(skipped) as skipped,
                               sum(read) = sum(applied + parked + skipped) as holds
                        from ops.projection_position
                        join ops.projection using (projection, generation)
                        where state = 'LIVE'
                        group by projection
                        order by projection
                        """)
                .query(Rows.of(ProjectionAccount.class))
                .list();
    }
}
