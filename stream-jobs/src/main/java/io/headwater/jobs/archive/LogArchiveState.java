package io.headwater.jobs.archive;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How the archive of this instance's partitions is, at one moment.
///
/// @param at of this state; the loop makes one each second or so
/// @param oldest timestamp of the oldest record read and not archived, null when there is none
/// @param lagOffsets not archived, transaction markers included
/// @param waitingSince since when something fails and is tried again, null: nothing does
/// @param failure the newest reason, null: none
/// @param stopped partitions that are not archived until somebody acts, with the reason
/// @param next where the archive of each partition ends
record LogArchiveState(
        Instant at,
        @Nullable Instant oldest,
        long lagOffsets,
        @Nullable Instant waitingSince,
        @Nullable String failure,
        List<String> stopped,
        Map<String, Long> next) {

    static final LogArchiveState NOTHING =
            new LogArchiveState(Instant.EPOCH, null, 0, null, null, List.of(), Map.of());

    Duration lagAge() {
        return oldest == null || oldest.isAfter(at) ? Duration.ZERO : Duration.between(oldest, at);
    }

    Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        details.put("lag_age_ms", lagAge().toMillis());
        details.put("lag_offsets", lagOffsets);
        if (waitingSince != null) {
            details.put("waiting_since", waitingSince);
        }
        if (failure != null) {
            details.put("failure", failure);
        }
        if (!stopped.isEmpty()) {
            details.put("stopped", stopped);
        }
        details.put("archived_until", new TreeMap<>(next));
        return details;
    }
}
