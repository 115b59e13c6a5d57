package io.headwater.query.lead;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How far the leads of every partition were told: the offset of the newest capture, by partition.
///
/// Within a partition leads become visible in the order of their capture, whatever their times say;
/// between partitions there is no order. So one mark for each is exact, also while a view catches
/// up.
record LeadMarks(NavigableMap<Integer, Long> offsets) {
    /// In place of a partition: leads whose rows had been parked, numbered as they were drained.
    static final int LATE = -1;

    /// Of a partition that had no lead.
    private static final long NONE = -1;

    LeadMarks {
        offsets = new TreeMap<>(offsets);
    }

    static LeadMarks of(Map<Integer, Long> offsets) {
        return new LeadMarks(new TreeMap<>(offsets));
    }

    long after(int partition) {
        return offsets.getOrDefault(partition, NONE);
    }

    LeadMarks with(int partition, long offset) {
        var next = new TreeMap<>(offsets);
        next.merge(partition, offset, Math::max);
        return new LeadMarks(next);
    }

    /// `0:12,3:45`
    String text() {
        return offsets.entrySet().stream()
                .map(mark -> mark.getKey() + ":" + mark.getValue())
                .collect(Collectors.joining(","));
    }

    /// @throws IllegalArgumentException when it is no such text
    static LeadMarks parse(String text) {
        var offsets = new TreeMap<Integer, Long>();
        for (String mark : text.split(",")) {
            int colon = mark.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException("no mark: " + mark);
            }
            offsets.put(
                    Integer.valueOf(mark.substring(0, colon)),
                    Long.valueOf(mark.substring(colon + 1)));
        }
        return new LeadMarks(offsets);
    }
}
