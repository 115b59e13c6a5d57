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
/// @param foldVersion of the code that folds it
/// @param purpose serve: becomes live when it compares equal; verify: made for a comparison
/// @param retireAt when a generation that is no longer read is dropped by itself
/// @param expected table or table.column that may differ from the live generation
/// @param maxRate source records per second as asked; null: as many as the governor lets it
/// @param rateLimit source records per second that it may read now; null: not limited
/// @param progress only while it is on its way to be live
/// @param step what a backfill in bulk does now: clearing, folding, indexing, handing_over; else
///   null
/// @param verification its newest comparison with another generation; null when there is none
/// @param sample of a live one: the newest comparison of some keys with what their events give
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
        int foldVersion,
        String purpose,
        Instant plannedAt,
        @Nullable Instant liveAt,
        @Nullable Instant retireAt,
        List<String> expected,
        @Nullable Integer maxRate,
        @Nullable Integer rateLimit,
        @Nullable Progress progress,
        @Nullable String step,
        @Nullable Verification verification,
        @Nullable Sample sample,
        Accounting accounting,
        List<Position> positions) {

    /// @param rows compared, in all tables
    /// @param differences rows that differ without being expected to
    record Verification(
            long reportId, Instant at, int against, boolean equal, long rows, long differences) {}

    /// @param endedAt null: it is not over
    /// @param keys compared; `skipped` could not be, `reason` says why the first could not
    /// @param rows compared
    /// @param differing keys whose rows are not what their events give
    record Sample(
            long id,
            long requestId,
            Instant askedAt,
            @Nullable Instant endedAt,
            int wanted,
            int keys,
            long rows,
            int differing,
            int skipped,
            @Nullable String reason) {}

    /// @param fenced writes that were refused because their owner had lost the partition
    /// @param holds read = applied + parked + skipped
    record Accounting(
            long read, long applied, long parked, long skipped, long fenced, boolean holds) {}

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
