package io.headwater.query.platform.view;

import io.headwater.query.platform.access.Mask;
import io.headwater.query.platform.access.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A visit, in the list of visits and with its lead.
///
/// @param closed an end was received, or 30 minutes passed since the newest event
/// @param endedAt when an end was received
/// @param engagementScore 0 to 100
/// @param imported another system recorded it
/// @param externalId its id there
public record SessionView(
        String sessionId,
        @Nullable String visitorId,
        String siteId,
        Instant startedAt,
        @Nullable Instant endedAt,
        Instant lastEventAt,
        boolean closed,
        int eventCount,
        int pageViews,
        int clicks,
        double maxScrollPercent,
        long durationSeconds,
        int returnVisits,
        int engagementScore,
        String engagementLabel,
        @Nullable String entryPage,
        @Nullable String exitPage,
        @Nullable String referrer,
        @Nullable String utmSource,
        @Nullable String utmCampaign,
        String deviceType,
        @Nullable String country,
        @Nullable String browser,
        boolean imported,
        @Nullable String externalId)
        implements Personal<SessionView> {

    public static final String COLUMNS =
            """
            session_id, visitor_id, site_id, started_at, ended_at, last_event_at,
            ended_at is not null or last_event_at < now() - interval '30 minutes' as closed,
            event_count, page_views, clicks, max_scroll_percent, duration_seconds, return_visits,
            engagement_score, engagement_label,
            coalesce(entry_page_as_sent, entry_page) as entry_page,
            coalesce(exit_page_as_sent, exit_page) as exit_page,
            coalesce(referrer_as_sent, referrer) as referrer, utm_source,
            utm_campaign, device_type, country, browser, imported, external_id
            """;

    /// Queries and fragments of addresses may hold anything that a form sent or a mailing added.
    @Override
    public SessionView masked() {
        return new SessionView(
                sessionId,
                visitorId,
                siteId,
                startedAt,
                endedAt,
                lastEventAt,
                closed,
                eventCount,
                pageViews,
                clicks,
                maxScrollPercent,
                durationSeconds,
                returnVisits,
                engagementScore,
                engagementLabel,
                Mask.url(entryPage),
                Mask.url(exitPage),
                Mask.url(referrer),
                utmSource,
                utmCampaign,
                deviceType,
                country,
                browser,
                imported,
                externalId);
    }
}
