package io.headwater.query.analytics;

import io.headwater.query.platform.postgres.Rows;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Who came, from where, and what did they look at?
@Component
class TrafficQuery {
    private final JdbcClient jdbc;

    TrafficQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param avgDuration seconds, of sessions with more than one event; null without any
    record Day(
            LocalDate date,
            long totalSessions,
            long uniqueVisitors,
            @Nullable Double avgDuration,
            double avgEngagement) {}

    record Page(String page, long views, long uniqueSessions) {}

    record Country(String country, long sessions, long uniqueVisitors) {}

    record Bucket(String bucket, long count) {}

    record Source(String source, long sessions, long leads) {}

    private record NumberedDay(
            int number,
            long totalSessions,
            long uniqueVisitors,
            @Nullable Double avgDuration,
            double avgEngagement) {}

    /// Days with sessions, in order.
    List<Day> daily(LocalDays days) {
        return jdbc
                .sql(
                        """
                        select width_bucket(started_at, cast(:edges as timestamptz[])) as number,
                               count(*) as total_sessions,
                               count(distinct visitor_id) as unique_visitors,
                               round(avg(duration_seconds) filter (where event_count > 1), 2)
                                   ::double precision as avg_duration,
                               round(avg(engagement_score), 2)::double precision as avg_engagement
                        from read.sessions
                        where started_at >= :from
                          and started_at < :to
                        group by 1
                        order by 1
                        """)
                .params(days.params())
                .query(Rows.of(NumberedDay.class))
                .list()
                .stream()
                .map(day ->
                        new Day(
                                days.date(day.number()),
                                day.totalSessions(),
                                day.uniqueVisitors(),
                                day.avgDuration(),
                                day.avgEngagement()))
                .toList();
    }

    List<Page> topPages(int limit) {
        return jdbc.sql(
                        """
                        select page, sum(views) as views, sum(unique_sessions) as unique_sessions
                        from read.page_views_15m
                        group by page
                        order by views desc, page
                        limit :limit
                        """)
                .param("limit", limit)
                .query(Rows.of(Page.class))
                .list();
    }

    List<Country> countries() {
        return jdbc.sql(
                        """
                        select coalesce(nullif(country, ''), '(unknown)') as country,
                               count(*) as sessions,
                               count(distinct visitor_id) as unique_visitors
                        from read.sessions
                        group by 1
                        order by 2 desc, 1
                        """)
                .query(Rows.of(Country.class))
                .list();
    }

    /// All five buckets, also the empty ones.
    List<Bucket> engagement() {
        return jdbc.sql(
                        """
                        with buckets (bucket, lowest, highest) as (
                            values ('0-19', 0, 19), ('20-39', 20, 39), ('40-59', 40, 59),
                                   ('60-79', 60, 79), ('80-100', 80, 100)
                        ),
                        closed as (
                            select engagement_score, count(*) as sessions
                            from read.sessions
                            where ended_at is not null
                               or last_event_at < now() - interval '30 minutes'
                            group by engagement_score
                        )
                        select bucket, coalesce(sum(sessions), 0) as count
                        from buckets
                        left join closed on engagement_score between lowest and highest
                        group by bucket, lowest
                        order by lowest
                        """)
                .query(Rows.of(Bucket.class))
                .list();
    }

    List<Source> sources() {
        return jdbc.sql(
                        """
                        select source, sum(sessions) as sessions, sum(leads) as leads
                        from (select source, sessions, 0 as leads
                              from read.traffic_15m
                              union all
                              select source, 0, leads
                              from read.lead_volume_15m) as both_sides
                        group by source
                        having sum(sessions) + sum(leads) > 0
                        order by sessions desc, leads desc, source
                        """)
                .query(Rows.of(Source.class))
                .list();
    }
}
