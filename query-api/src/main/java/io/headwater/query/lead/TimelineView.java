package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One event of a lead's history.
///
/// @param leadId of the event: of a lead merged into the one asked for, that one's
/// @param kind captured, resubmitted, duplicate, scored, fact, stage, assigned, contacted,
///   appointment, quoted, won, lost, returned, refunded, refund_reversed, merged, absorbed,
///   unmerged, gave_back, noted, crm_linked, crm_activity, erase_requested, erase_withdrawn,
///   erased, consent_withdrawn or corrected
/// @param at when it happened, by whoever told it
/// @param recordedAt when it was told
/// @param actor null: the person
/// @param details the event's own fields by name, as text
/// @param note what a person wrote
/// @param payload as a CRM sent it
record TimelineView(
        String eventId,
        String leadId,
        String kind,
        Instant at,
        Instant recordedAt,
        @Nullable String actor,
        @Nullable String reason,
        @JsonRawValue @Schema(implementation = Object.class) String details,
        @Nullable String note,
        @Nullable String payload) {}
