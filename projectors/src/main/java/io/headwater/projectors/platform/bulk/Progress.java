package io.headwater.projectors.platform.bulk;

import org.jspecify.annotations.Nullable;

/// How far a backfill is, for the status of its generation.
///
/// @param step what it does now
/// @param first sum of the first offsets of all source partitions
/// @param end sum of their ends when it began
/// @param done offsets read
/// @param at time of the record read last, in milliseconds; 0 before the first
/// @param waits why it does not go on at the moment; null when it does
/// @param stopped why it never will: the rebuild is to be given up; null when it may
public record Progress(
        Step step,
        long first,
        long end,
        long done,
        long at,
        @Nullable String waits,
        @Nullable String stopped) {

    static final Progress NONE = new Progress(Step.WAITING, 0, 0, 0, 0, null, null);

    /// In this order; a failure in any of them begins anew with the first.
    public enum Step {
        /// Another instance does it, or another generation of this one is first.
        WAITING,
        /// Whatever an attempt before left is deleted.
        CLEARING,
        FOLDING,
        /// Indexes are built.
        INDEXING,
        /// Offsets and positions are set: Kafka Streams goes on from here.
        HANDING_OVER,
        DONE
    }

    Progress in(Step step) {
        return new Progress(step, first, end, done, at, null, null);
    }

    Progress over(long first, long end) {
        return new Progress(step, first, end, 0, 0, null, null);
    }

    Progress read(long offsets, long timestamp) {
        return new Progress(step, first, end, done + offsets, Math.max(at, timestamp), null, null);
    }

    Progress waits(String reason) {
        return new Progress(step, first, end, done, at, reason, null);
    }

    Progress stopped(String reason) {
        return new Progress(step, first, end, done, at, null, reason);
    }
}
