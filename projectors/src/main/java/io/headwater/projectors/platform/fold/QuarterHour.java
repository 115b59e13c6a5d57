package io.headwater.projectors.platform.fold;

import java.time.Instant;

/// Buckets of 15 minutes in UTC: every time zone's day and hour is made of whole ones.
public final class QuarterHour {

    private static final long MILLIS = 15 * 60 * 1000L;

    private QuarterHour() {}

    /// @return the start of the bucket
    public static Instant of(Instant time) {
        return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), MILLIS) * MILLIS);
    }
}
