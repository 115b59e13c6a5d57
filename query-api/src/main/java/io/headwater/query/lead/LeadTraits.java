package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What was found out about a lead and how it is known elsewhere; in its detail only. Null is
/// unknown, never no.
///
/// @param suspicionReasons codes of the parts of the score
/// @param vpnScore 0 to 100
/// @param botScore 1 (robot) to 99 (person)
/// @param mappingVersion of the source's mapping that read it
/// @param crmIds by the name of the CRM
record LeadTraits(
        @Nullable Long asn,
        @Nullable String asName,
        @Nullable Boolean hosting,
        @Nullable String browser,
        @Nullable String os,
        @Nullable Boolean botAgent,
        @Nullable Integer botScore,
        @Nullable Boolean disposableEmail,
        @Nullable Boolean competitorEmail,
        @JsonRawValue @Schema(implementation = Object.class) String suspicionReasons,
        @Nullable Integer vpnScore,
        @Nullable Integer mappingVersion,
        @Nullable String externalId,
        @Nullable String statusCause,
        @Nullable String wonReference,
        @Nullable String appointmentRef,
        int quotes,
        int corrections,
        @JsonRawValue @Schema(implementation = Object.class) String crmIds,
        @Nullable String crmUrl) {

    static final String COLUMNS =
            """
            asn, as_name, hosting, browser, os, bot_agent, bot_score, disposable_email,
            competitor_email, to_json(suspicion_reasons)::text as suspicion_reasons, vpn_score,
            mapping_version, external_id, status_cause, won_reference, appointment_ref, quotes,
            corrections, crm_ids::text as crm_ids, crm_url
            """;
}
