package io.headwater.query.projection;

import org.jspecify.annotations.Nullable;

/// How far a generation has read its source.
///
/// @param done source records read, transaction markers included
/// @param total of them between the first that Kafka still has and the end
/// @param perSecond by how many `done` grows; null when not known
/// @param etaSeconds until nothing is left at this rate; null when not known
record Progress(long done, long total, @Nullable Double perSecond, @Nullable Long etaSeconds) {

    /// @param first sum of the first offsets of the source partitions
    /// @param end sum of their ends
    /// @param lag source records not yet read
    static Progress of(long first, long end, long lag, @Nullable Double perSecond) {
        long total = Math.max(0, end - first);
        long left = Math.clamp(lag, 0, total);
        return new Progress(total - left, total, perSecond, eta(left, perSecond));
    }

    private static @Nullable Long eta(long left, @Nullable Double perSecond) {
        if (left == 0) {
            return 0L;
        }
        return perSecond == null || perSecond <= 0 ? null : (long) Math.ceil(left / perSecond);
    }
}
