package io.headwater.query.intake;

import io.headwater.query.platform.postgres.Conditions;
import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.time.Instants;
import io.headwater.query.platform.time.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    ///   every quarter of an hour that is settled, but for those at the end that nobody has decided
    /// @param undecidedSince the first of those; null when there is none
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
            boolean holds,
            @Nullable Instant undecidedSince) {}

    /// @param fenced writes that were refused because somebody else owned the partition: harmless
    /// @param holds read = applied + parked + skipped in every partition, and what is counted as
    ///   parked is kept
    /// @param alive said so in the last ten seconds; when not, what it lags behind means nothing
    record ProjectionAccount(
            String name,
            long read,
            long applied,
            long parked,
            long skipped,
            long fenced,
            boolean holds,
            boolean alive) {}

    /// A site's submissions are decided in the order of their receipt. What is received and has no
    /// outcome is lost when something of a later quarter has one; as long as nothing has, it waits
    /// for its turn, however long that takes.
    ///
    /// @param complete everything acknowledged before this moment is in the view
    List<SourceAccount> bySource(TimeRange range, Instant complete) {
        var conditions = new Conditions().during("bucket", range);
        return jdbc.sql(
                        """
                        with decided_last as (
                            select site_id, max(bucket) as last_decided
                            from read.intake_15m
                            where accepted + duplicate + blocked + test + refused + quarantined > 0
                            group by site_id
                        ),
                        quarter as (
                            select *,
                                   accepted + duplicate + blocked + test + refused + quarantined
                                       as decided,
                                   bucket + interval '15 minutes' <= :settled as settled,
                                   bucket < coalesce(last_decided, '-infinity') as passed
                            from read.intake_15m
                            left join decided_last using (site_id)
                            %s
                        )
                        select site_id, source_id, sum(received) as received,
                               sum(accepted) as accepted, sum(duplicate) as duplicate,
                               sum(blocked) as blocked, sum(test) as test, sum(refused) as refused,
                               sum(quarantined) as quarantined,
                               sum(received - decided) as in_flight,
                               bool_and(not settled
                                        or received = decided
                                        or (received > decided and not passed)) as holds,
                               min(bucket) filter (
                                   where settled and received > decided and not passed)
                                   as undecided_since
                        from quarter
                        group by site_id, source_id
                        order by received desc, site_id, source_id
                        """
                                .formatted(conditions.sql()))
                .params(conditions.params())
                .param("settled", Instants.sql(complete.minus(SETTLED_AFTER)))
                .query(Rows.of(SourceAccount.class))
                .list();
    }

    List<ProjectionAccount> projections() {
        return jdbc.sql(
                        """
                        select live.projection as name,
                               coalesce(sum(at.read), 0) as read,
                               coalesce(sum(at.applied), 0) as applied,
                               coalesce(sum(at.parked), 0) as parked,
                               coalesce(sum(at.skipped), 0) as skipped,
                               coalesce(sum(at.fenced), 0) as fenced,
                               coalesce(bool_and(
                                   at.read = at.applied + at.parked + at.skipped), true)
                                   and coalesce(sum(at.parked), 0) = (
                                       select count(*)
                                       from ops.parked as kept
                                       where kept.projection = live.projection
                                         and kept.generation = live.generation) as holds,
                               live.heartbeat > now() - interval '10 seconds' as alive
                        from ops.projection as live
                        left join ops.projection_position as at using (projection, generation)
                        where live.state = 'LIVE'
                        group by live.projection, live.generation, live.heartbeat
                        order by live.projection
                        """)
                .query(Rows.of(ProjectionAccount.class))
                .list();
    }
}
