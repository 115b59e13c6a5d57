package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headwater.query.platform.access.Mask;
import io.headwater.query.platform.access.Personal;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A submission and what became of it.
///
/// @param receiptId the delivery it came in, see `/analytics/webhooks/{receipt_id}`
/// @param outcome accepted, duplicate, blocked, test, refused or quarantined
/// @param code why, when it was not accepted
/// @param source as in `/analytics/sources`
/// @param duplicateReceivedAt when the submission came that it is a duplicate of
/// @param duplicateSourceId where that came from: a webhook source, else a channel
/// @param duplicateAgeSeconds how old that was
/// @param released it was in quarantine and let in
/// @param edits in quarantine by hand, later by another mapping
/// @param mappingVersion of the source's mapping that read it
/// @param payload the whole parsed body, in the detail of a lead only
record SubmissionView(
        String submissionId,
        String receiptId,
        @Nullable String leadId,
        String outcome,
        @Nullable String code,
        @Nullable String detail,
        @Nullable String duplicateOf,
        String channel,
        @Nullable String sourceId,
        @Nullable String provider,
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable String email,
        @Nullable String phone,
        @Nullable String projectName,
        String source,
        @Nullable String leadSource,
        @Nullable String utmSource,
        @Nullable String utmCampaign,
        @Nullable String country,
        Instant receivedAt,
        Instant submittedAt,
        @Nullable Instant duplicateReceivedAt,
        @Nullable String duplicateSourceId,
        @Nullable Long duplicateAgeSeconds,
        boolean released,
        boolean imported,
        int edits,
        @Nullable Integer mappingVersion,
        @Nullable String externalId,
        @Nullable String browser,
        @Nullable String os,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(implementation = Object.class)
                @Nullable JsonNode payload)
        implements Personal<SubmissionView> {

    static final String COLUMNS =
            """
            submission_id, receipt_id, lead_id, outcome, code, detail, duplicate_of, channel, source_id,
            provider, first_name, last_name, email, phone, project_name, source, lead_source,
            utm_source, utm_campaign, country, received_at, submitted_at, duplicate_received_at,
            duplicate_source_id, released, imported, edits, mapping_version, external_id, browser, os
            """;

    @Override
    public SubmissionView masked() {
        return new SubmissionView(
                submissionId,
                receiptId,
                leadId,
                outcome,
                code,
                detail,
                duplicateOf,
                channel,
                sourceId,
                provider,
                firstName,
                lastName,
                Mask.email(email),
                Mask.phone(phone),
                projectName,
                source,
                leadSource,
                utmSource,
                utmCampaign,
                country,
                receivedAt,
                submittedAt,
                duplicateReceivedAt,
                duplicateSourceId,
                duplicateAgeSeconds,
                released,
                imported,
                edits,
                mappingVersion,
                externalId,
                browser,
                os,
                null);
    }
}
