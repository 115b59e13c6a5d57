package io.headwater.query.analytics;

import io.headwater.query.platform.postgres.Rows;
import io.headwater.query.platform.time.Instants;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How much is there in all, and how much just now?
@Component
class OverviewQuery {
    private final JdbcClient jdbc;

    OverviewQuery(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param avgEngagementScore null without sessions
    /// @param avgSessionDurationS of sessions with more than one event: the duration of the others
    ///   is unknown, not 0; null without such sessions
    record Visits(
            long totalSessions,
            long totalEvents,
            long uniqueVisitors,
            long uniqueFingerprints,
            @Nullable Double avgEngagementScore,
            @Nullable Double avgSessionDurationS) {}

    record Leads(long totalLeads, long leadsToday, long totalSubmissions) {}

    record Realtime(
            long activeSessions5m,
            long activeSessions30m,
            long events5m,
            long leads5m,
            long leads30m) {}

    record PageViews(String page, long views) {}

    Visits visits() {
        return jdbc.sql(
                        """
                        select count(*) as total_sessions,
                               coalesce(sum(event_count), 0) as total_events,
                               (select count(*)
                                from (select distinct visitor_id
                                      from read.sessions
                                      where visitor_id is not null) as v) as unique_visitors,
                               (select count(*)
                                from (select distinct fingerprint_id
                                      from read.sessions
                                      where fingerprint_id is not null) as f)
                                   as unique_fingerprints,
                               round(avg(engagement_score), 2)::double precision
                                   as avg_engagement_score,
                               round(avg(duration_seconds) filter (where event_count > 1), 2)
                                   ::double precision as avg_session_duration_s
                        from read.sessions
                        """)
                .query(Rows.of(Visits.class))
                .single();
    }

    Leads leads(Instant today) {
        return jdbc.sql(
                        """
                        select coalesce(sum(leads), 0) as total_leads,
                               coalesce(sum(leads) filter (where bucket >= :today), 0)
                                   as leads_today,
                               coalesce(sum(submissions), 0) as total_submissions
                        from read.lead_volume_15m
                        """)
                .param("today", Instants.sql(today))
                .query(Rows.of(Leads.class))
                .single();
    }

    /// Sessions that began more than a day ago do not count as active.
    long activeSessions() {
        return jdbc.sql(
                        """
                        select count(*)
                        from read.sessions
                        where started_at >= now() - interval '1 day'
                          and last_event_at >= now() - interval '5 minutes'
                        """)
                .query(Long.class)
                .single();
    }

    /// Events have no rows of their own: a session that began before the five minutes counts with
    /// the share of its time that lies within them.
    Realtime realtime() {
        return jdbc.sql(
                        """
                        with active as (
                            select last_event_at >= now() - interval '5 minutes' as recent,
                                   event_count,
                                   least(1.0, extract(epoch from last_event_at - (now() - interval '5 minutes'))
                                       / greatest(1.0, extract(epoch from last_event_at - started_at)))
                                       as share
                            from read.sessions
                            where started_at >= now() - interval '1 day'
                              and last_event_at >= now() - interval '30 minutes'
                        ),
                        fresh as (
                            select created_at
                            from read.leads
                            where created_at >= now() - interval '30 minutes'
                        )
                        select (select count(*) from active where recent) as active_sessions_5m,
                               (select count(*) from active) as active_sessions_30m,
                               (select coalesce(round(sum(event_count * share)), 0)::bigint
                                from active
                                where recent) as events_5m,
                               (select count(*)
                                from fresh
                                where created_at >= now() - interval '5 minutes') as leads_5m,
                               (select count(*) from fresh) as leads_30m
                        """)
                .query((row, _) ->
                        new Realtime(
                                row.getLong("active_sessions_5m"),
                                row.getLong("active_sessions_30m"),
                                row.getLong("events_5m"),
                                row.getLong("leads_5m"),
                                row.getLong("leads_30m")))
                .single();
    }

    /// The pages of the last half hour, in whole quarters.
    List<PageViews> recentPages() {
        return jdbc.sql(
                        """
                        select page, sum(views) as views
                        from read.page_views_15m
                        where bucket >= date_bin('15 minutes', now() - interval '30 minutes',
                                                 timestamptz '2000-01-01 00:00Z')
                        group by page
                        order by views desc, page
                        limit 10
                        """)
                .query(Rows.of(PageViews.class))
                .list();
    }
}
