package io.headwater.archive;

/// Where the records of a partition's archive begin.
///
/// @param first offset of the oldest range
/// @param kept offset of the oldest range whose records are there; where the archive ends when none
///   are
/// @param reason why those before it are gone; empty when none are
public record ArchiveStart(long first, long kept, String reason) {

    /// Whether the archive once reached further back.
    public boolean isCut() {
        return kept > first;
    }
}
