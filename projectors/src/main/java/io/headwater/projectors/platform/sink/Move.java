package io.headwater.projectors.platform.sink;

/// A step of one partition's position with its accounting: read = applied + parked + skipped.
///
/// @param to next offset after the step; markers of transactions take offsets too
/// @param end end offset as last seen
record Move(Claim from, long to, long end, long read, long parked, long skipped) {

    long applied() {
        return read - parked - skipped;
    }

    /// @param more records that turned out to be poison
    Move parking(long more) {
        return new Move(from, to, end, read, parked + more, skipped);
    }
}
