package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.headwater.query.platform.view.SessionView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A lead with all that is known about it.
///
/// @param submissionsList newest first
/// @param factsList newest first
/// @param consents newest first
/// @param sessions its own and those of its visitor, newest first, at most 102
/// @param appointmentsList each chain of reschedules once, the newest start first; those of merged
///   leads included, as are submissions and facts
/// @param mergedLeads leads that this one stands for
/// @param survivorLeadId the lead that stands for this one in the end; null: itself
/// @param relatedProjects what else the same visitor asked about on this site
record LeadDetailView(
        @JsonUnwrapped LeadView lead,
        @JsonUnwrapped LeadLife life,
        @JsonUnwrapped @Nullable LeadTraits traits,
        @JsonUnwrapped More more,
        List<SubmissionView> submissionsList,
        List<FactView> factsList,
        List<ConsentView> consents,
        List<SessionView> sessions,
        List<AppointmentView> appointmentsList,
        List<String> mergedLeads,
        @Nullable String survivorLeadId,
        List<RelatedProject> relatedProjects) {

    /// An appointment, however often it was moved.
    ///
    /// @param startsAt null: not told
    record AppointmentView(
            String appointmentRef,
            String currentRef,
            String status,
            @Nullable Instant startsAt,
            int reschedules,
            Instant firstToldAt,
            Instant changedAt,
            @Nullable String reason,
            @Nullable String factId,
            String actor) {}

    /// The newest lead of the visitor for another project.
    record RelatedProject(String project, String leadId, Instant createdAt) {}

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

        static final String COLUMNS =
                """
                message, country_code, user_location, source_team, region, timezone, utm_term,
                utm_content, gclid, fbclid, page_url, referred_by, searched_keyword, user_ip,
                user_agent, session_duration_seconds, pages_visited, return_visits,
                conflicting_lead_id
                """;

        static final More NOTHING =
                new More(
                        null, null, null, null, null, null, null, null, null, null, null, null,
                        null, null, null, null, null, null, null);
    }
}
