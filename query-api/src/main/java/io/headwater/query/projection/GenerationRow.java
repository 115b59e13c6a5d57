package io.headwater.query.projection;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A row of ops.projection with the sums of its newest report.
///
/// @param expected comma-separated, as their names hold no comma
/// @param step of a backfill in bulk
/// @param retiring what belongs to it is being dropped
record GenerationRow(
        String projection,
        int generation,
        int foldVersion,
        String state,
        String health,
        @Nullable String reason,
        String purpose,
        Instant plannedAt,
        @Nullable Instant liveAt,
        @Nullable Instant retireAt,
        String expected,
        @Nullable Integer maxRate,
        @Nullable Integer rateLimit,
        long sourceFirst,
        long sourceEnd,
        long sourceLag,
        long sinkLag,
        long lagAgeMs,
        double ratePerSecond,
        Instant heartbeat,
        Instant updatedAt,
        boolean alive,
        @Nullable String step,
        boolean retiring,
        @Nullable Long reportId,
        @Nullable Instant reportAt,
        @Nullable Integer against,
        @Nullable Boolean equal,
        @Nullable Long rows,
        @Nullable Long differences,
        @Nullable Long sampleId,
        @Nullable Long sampleRequest,
        @Nullable Instant sampleAskedAt,
        @Nullable Instant sampleEndedAt,
        @Nullable Integer sampleWanted,
        @Nullable Integer sampleKeys,
        @Nullable Long sampleRows,
        @Nullable Integer sampleDiffering,
        @Nullable Integer sampleSkipped,
        @Nullable String sampleReason) {
    private static final Set<String> ON_ITS_WAY =
            Set.of("PLANNED", "BACKFILL", "CATCHING_UP", "VERIFYING", "READY");

    boolean isOnItsWay() {
        return ON_ITS_WAY.contains(state);
    }

    boolean isGone() {
        return state.equals("GONE");
    }

    List<String> expectedNames() {
        return expected.isEmpty() ? List.of() : List.of(expected.split(","));
    }

    /// Null when it is not on its way.
    @Nullable Progress progress(ProgressMeter meter) {
        if (!isOnItsWay()) {
            return null;
        }
        Double rate =
                alive
                        ? meter.perSecond(projection, generation, heartbeat, sourceEnd - sourceLag)
                        : null;
        return Progress.of(sourceFirst, sourceEnd, sourceLag, rate);
    }

    ProjectionView.@Nullable Verification verification() {
        if (reportId == null
                || reportAt == null
                || against == null
                || equal == null
                || rows == null
                || differences == null) {
            return null;
        }
        return new ProjectionView.Verification(
                reportId, reportAt, against, equal, rows, differences);
    }

    /// The newest one of the projection, of its live generation.
    ProjectionView.@Nullable Sample sample() {
        if (sampleId == null
                || sampleRequest == null
                || sampleAskedAt == null
                || sampleWanted == null
                || sampleKeys == null
                || sampleRows == null
                || sampleDiffering == null
                || sampleSkipped == null) {
            return null;
        }
        return new ProjectionView.Sample(
                sampleId,
                sampleRequest,
                sampleAskedAt,
                sampleEndedAt,
                sampleWanted,
                sampleKeys,
                sampleRows,
                sampleDiffering,
                sampleSkipped,
                sampleReason);
    }
}
