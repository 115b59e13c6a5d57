package io.headwater.schema;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;

/// Which log this is. A position (an offset, a consistency token, rows in Postgres) is true in one
/// epoch only: what a restored log does not have, another record stands in the place of.
///
/// @param number 1 until the log was restored for the first time
/// @param state `restoring` while records are being put back: nothing else may run; else `open`
/// @param at since when, ISO 8601
/// @param ends where the log was cut off, by `TOPIC-PARTITION`: offsets from here on were given
///   again; empty in epoch 1
public record LogEpoch(int number, String state, String at, Map<String, Long> ends) {

    public static final String RESTORING = "restoring";
    public static final String OPEN = "open";

    /// Of a log that was never restored.
    public static final LogEpoch FIRST = new LogEpoch(1, OPEN, "", Map.of());

    public LogEpoch {
        ends = Map.copyOf(ends);
    }

    @JsonIgnore
    public boolean isRestoring() {
        return state.equals(RESTORING);
    }
}
