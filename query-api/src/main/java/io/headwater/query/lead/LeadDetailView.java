package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lead with all that is known about it.
///
/// @param submissionsList newest first
/// @param factsList newest first
/// @param sessions its own and those of its visitor, newest first, at most 101
record LeadDetailView(
        @JsonUnwrapped LeadView lead,
        @JsonUnwrapped More more,
        List<SubmissionView> submissionsList,
        List<FactView> factsList,
        List<Visit> sessions) {

    /// What only the detail tells.
    ///
    /// @param conflictingLeadId another lead with the same phone number
    record More(
            @Nullable String message,
            @Nullable String countryCode,
            @Nullable String userLocation,
            @Nullable String sourceTeam,
            @Nullable String region,
            @Nullable String timezone,
            @Nullable String utmTerm,
            @Nullable String utmContent,
            @Nullable String gclid,
            @Nullable String fbclid,
            @Nullable String pageUrl,
            @Nullable String referredBy,
            @Nullable String searchedKeyword,
            @Nullable String userIp,
            @Nullable String userAgent,
            @Nullable Long sessionDurationSeconds,
            @Nullable Integer pagesVisited,
            @Nullable Integer returnVisits,
            @Nullable String conflictingLeadId) {

        static final More NOTHING =
                new More(
                        null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null, null, null, null);
    }

    /// A visit of the lead's visitor; members as in the session list.
    record Visit(
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
            @Nullable String country) {}
}
