package io.headwater.query.lead;

import io.headwater.query.platform.access.Mask;
import io.headwater.query.platform.access.Personal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A lead in a list.
///
/// @param source as in `/analytics/sources`
/// @param submissions linked to it, the first included
/// @param facts appointments and payments attached
/// @param engagementScore 0 to 100, null until scored
public record LeadView(
        String leadId,
        String siteId,
        String status,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String projectName,
        String source,
        @Nullable String leadSource,
        @Nullable String sourceId,
        @Nullable String provider,
        String channel,
        @Nullable String country,
        @Nullable String city,
        @Nullable String utmSource,
        @Nullable String utmMedium,
        @Nullable String utmCampaign,
        @Nullable String visitorId,
        @Nullable String sessionId,
        @Nullable String deviceType,
        @Nullable Integer engagementScore,
        @Nullable String engagementLabel,
        int submissions,
        int facts,
        Instant createdAt,
        Instant lastSubmittedAt)
        implements Personal<LeadView> {

    static final String COLUMNS =
            """
            lead_id, site_id, status, first_name, last_name, email, phone, project_name, source,
            lead_source, source_id, provider, channel, country, city, utm_source, utm_medium,
            utm_campaign, visitor_id, session_id, device_type, engagement_score, engagement_label,
            submissions, facts, created_at, last_submitted_at
            """;

    @Override
    public LeadView masked() {
        return new LeadView(
                leadId,
                siteId,
                status,
                firstName,
                lastName,
                Mask.email(email),
                Mask.phone(phone),
                projectName,
                source,
                leadSource,
                sourceId,
                provider,
                channel,
                country,
                city,
                utmSource,
                utmMedium,
                utmCampaign,
                visitorId,
                sessionId,
                deviceType,
                engagementScore,
                engagementLabel,
                submissions,
                facts,
                createdAt,
                lastSubmittedAt);
    }
}
