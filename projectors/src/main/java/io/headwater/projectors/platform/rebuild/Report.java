package io.headwater.projectors.platform.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A comparison of two generations at one cut, as it is kept. Keys are ids; no values of columns.
///
/// @param foldVersions by number of the generation
/// @param cut offset by topic and partition: both hold what all events before it make, and no more
/// @param horizon first offset that there was to read, in Kafka or the archive, by topic and
///   partition, where it is not 0: rows of older events cannot be made again
/// @param rows compared, of the candidate
/// @param expected what was allowed to differ
/// @param deadLetters source records that only the candidate could not fold
/// @param refusedBecause why it may not go live; absent when it may
record Report(
        String projection,
        int generation,
        int against,
        Map<Integer, Integer> foldVersions,
        Map<String, Map<Integer, Long>> cut,
        Map<String, Map<Integer, Long>> horizon,
        Instant takenAt,
        boolean equal,
        long rows,
        List<Table> tables,
        List<String> expected,
        List<String> deadLetters,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String refusedBecause) {

    /// @param bucketsDiffering of [Comparison#BUCKETS], by hash of the key
    /// @param ignoredColumns expected to differ
    record Table(
            String table,
            Rows rows,
            int buckets,
            int bucketsDiffering,
            boolean equal,
            List<String> ignoredColumns,
            Differences differences) {}

    record Rows(long live, long candidate) {}

    /// @param total rows that differ; the first of them are listed
    record Differences(long total, List<Difference> listed) {}

    /// @param kind `changed`, `only-live` or `only-candidate`
    /// @param columns that differ, of a changed row
    record Difference(String key, String kind, List<String> columns) {}
}
