package io.headwater.query.analytics;

import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.time.Instants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Sums over all time of the roll-ups, cheap enough for every second.
///
/// Buckets are by time of receipt at the server, so days that are over change only while a view
/// catches up: their sum is kept and made anew every few minutes, and whenever another generation
/// is published. Today and yesterday (UTC) are added up each time.
@Component
class RollUpTotals {
    private static final Duration KEPT = Duration.ofMinutes(2);
    private static final Instant BEGINNING = Instant.EPOCH;
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile @Nullable Kept kept;

    RollUpTotals(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    record Sums(
            long totalLeads,
            long leadsToday,
            long totalSubmissions,
            long totalSessions,
            long totalEvents) {

        private Sums plus(Sums other) {
            return new Sums(
                    totalLeads + other.totalLeads,
                    leadsToday + other.leadsToday,
                    totalSubmissions + other.totalSubmissions,
                    totalSessions + other.totalSessions,
                    totalEvents + other.totalEvents);
        }
    }

    /// @param until the first moment that is not in the sums
    private record Kept(String generations, Instant until, Instant madeAt, Sums sums) {

        boolean serves(String generations, Instant until, Instant now) {
            return this.generations.equals(generations)
                    && this.until.equals(until)
                    && now.isBefore(madeAt.plus(KEPT));
        }
    }

    /// @param generations that are live, as [io.headwater.query.platform.view.Freshness] tells them
    Sums read(String generations) {
        Instant now = clock.instant();
        LocalDate date = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Instant today = date.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant until = date.minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Kept closed = kept;
        if (closed == null || !closed.serves(generations, until, now)) {
            closed = new Kept(generations, until, now, sums(BEGINNING, until, today));
            kept = closed;
        }
        return closed.sums().plus(sums(until, END, today));
    }

    private Sums sums(Instant from, Instant to, Instant today) {
        return jdbc.sql(
                        """
                        select coalesce(sum(leads), 0) as total_leads,
                               coalesce(sum(leads) filter (where bucket >= :today), 0)
                                   as leads_today,
                               coalesce(sum(submissions), 0) as total_submissions,
                               (select coalesce(sum(sessions), 0)
                                from read.traffic_15m
                                where bucket >= :from
                                  and bucket < :to) as total_sessions,
                               (select coalesce(sum(events), 0)
                                from read.traffic_15m
                                where bucket >= :from
                                  and bucket < :to) as total_events
                        from read.lead_volume_15m
                        where bucket >= :from
                          and bucket < :to
                        """)
                .param("today", Instants.sql(today))
                .param("from", Instants.sql(from))
                .param("to", Instants.sql(to))
                .query(Rows.of(Sums.class))
                .single();
    }
}
