package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What became of a lead, in a list and in its detail.
///
/// @param version send it back as `expected_version` with what is decided on this row
/// @param statusKind what the stage means: open, appointment, shown, quoted, won, lost or returned
/// @param firstContactAt earliest attempt to reach the person
/// @param appointmentStatus of the appointment that counts
/// @param shownAt when the person last came; null when that was taken back
/// @param money a row for each currency, in minor units; that of merged leads included
/// @param mergedInto the lead that stands for this one
record LeadLife(
        long version,
        String statusKind,
        @Nullable Instant statusSince,
        @Nullable String assignee,
        @Nullable String team,
        @Nullable Instant firstContactAt,
        @Nullable Instant firstReachedAt,
        int contactAttempts,
        int appointments,
        @Nullable String appointmentStatus,
        @Nullable Instant appointmentStartsAt,
        @Nullable Instant shownAt,
        @Nullable Instant quotedAt,
        @Nullable Instant wonAt,
        @Nullable Instant lostAt,
        @Nullable String lostReason,
        @Nullable Instant returnedAt,
        @Nullable String returnReason,
        @Nullable Integer suspicionScore,
        boolean vpnSuspected,
        @Nullable Instant eraseRequestedAt,
        boolean imported,
        @Nullable String mergedInto,
        @JsonRawValue @Schema(implementation = Object.class) String money) {

    /// Continues [LeadView#COLUMNS].
    static final String COLUMNS =
            """
            version, status_kind, status_since, assignee, team, first_contact_at, first_reached_at,
            contact_attempts, appointments, appointment_status, appointment_starts_at, shown_at,
            quoted_at, won_at, lost_at, lost_reason, returned_at, return_reason, suspicion_score,
            vpn_suspected, erase_requested_at, imported, merged_into,
            (select coalesce(json_agg(json_build_object(
                        'currency', currency, 'quoted_minor', quoted_minor, 'won_minor', won_minor,
                        'paid_minor', paid_minor, 'refunded_minor', refunded_minor,
                        'refunded_by_hand_minor', refunded_by_hand_minor,
                        'disputed_minor', disputed_minor,
                        'disputes_lost_minor', disputes_lost_minor,
                        'revenue_minor', revenue_minor) order by currency), '[]')::text
             from read.lead_money
             where lead_money.lead_id = lead.lead_id) as money
            """;
}
