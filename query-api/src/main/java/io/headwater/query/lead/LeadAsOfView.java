package io.headwater.query.lead;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;

/// A lead as it was.
///
/// @param detail as far as it comes from the events of the lead: without visits and related leads
/// @param timeline newest first, at most 200
/// @param asOf the moment asked for
/// @param asOfEvent the last event that is in it
record LeadAsOfView(
        @JsonUnwrapped LeadDetailView detail,
        List<TimelineView> timeline,
        Instant asOf,
        LastEvent asOfEvent) {

    record LastEvent(String topic, int partition, long offset, Instant recordedAt) {}
}
