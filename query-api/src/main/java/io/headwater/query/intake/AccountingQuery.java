package io.headwater.query.intake;

import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.time.Instants;
import io.headwater.query.platform.time.TimeRange;
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

    /// @param holds received = accepted + duplicate + blocked + test + refused + quarantined; false
    ///   for a moment while a submission is between receipt and decision
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
            boolean holds) {}

    /// @param holds read = applied + parked + skipped
    record ProjectionAccount(
            String name, long read, long applied, long parked, long skipped, boolean holds) {}

    List<SourceAccount> bySource(TimeRange range) {
        var sql =
                new StringBuilder(
                        """
                        select site_id, source_id, sum(received) as received,
                               sum(accepted) as accepted, sum(duplicate) as duplicate,
                               sum(blocked) as blocked, sum(test) as test, sum(refused) as refused,
                               sum(quarantined) as quarantined,
                               sum(received) = sum(accepted + duplicate + blocked + test + refused
                                                   + quarantined) as holds
                        from read.intake_15m
                        where true
                        """);
        var params = new HashMap<String, Object>();
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
