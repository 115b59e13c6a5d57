package io.headwater.projectors.platform.ops;

import io.headwater.projectors.platform.Generation;

/// What became of the records that one generation has read, as Postgres said at one moment.
///
/// @param broken partitions in which read ≠ applied + parked + skipped
/// @param kept records in `ops.parked`
/// @param fenced writes refused because somebody else owned the partition
/// @param lagAgeMillis age of the oldest record not in the tables
/// @param heartbeatAgeMillis since the projection last said that it lives
record Account(
        Generation generation,
        long read,
        long applied,
        long parked,
        long skipped,
        long fenced,
        long broken,
        long kept,
        long lagAgeMillis,
        long heartbeatAgeMillis) {

    boolean holds() {
        return broken == 0 && kept == parked;
    }

    /// For people: which of the two does not hold, with both sides.
    String difference() {
        if (broken > 0) {
            return "read %d, applied %d + parked %d + skipped %d; %d partitions do not add up"
                    .formatted(read, applied, parked, skipped, broken);
        }
        return kept == parked ? "none" : "parked %d, in ops.parked %d".formatted(parked, kept);
    }
}
