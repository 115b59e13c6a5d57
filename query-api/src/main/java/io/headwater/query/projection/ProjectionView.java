package io.headwater.query.projection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One generation of a projection as its projector last reported.
///
/// @param state of the rebuild, LIVE when readers see it
/// @param health how it is doing; `reason` says why when it is not well
/// @param lagRecords source and view records not yet in the tables
/// @param lagAgeMs age of the oldest of them, 0 when caught up
/// @param alive its heartbeat is fresh; when not, lag and rate are its last words
record ProjectionView(
        String name,
        int generation,
        String state,
        String health,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reason,
        long lagRecords,
        long lagAgeMs,
        double ratePerSecond,
        Instant updatedAt,
        boolean alive,
        Accounting accounting,
        List<Position> positions) {

    /// @param holds read = applied + parked + skipped
    record Accounting(long read, long applied, long parked, long skipped, boolean holds) {}

    /// @param nextOffset the first record not yet applied
    /// @param epoch counts owners; a write with an older one is refused
    record Position(
            String topic,
            int partition,
            long nextOffset,
            long endOffset,
            long epoch,
            @Nullable String owner,
            Instant heartbeat) {}
}
