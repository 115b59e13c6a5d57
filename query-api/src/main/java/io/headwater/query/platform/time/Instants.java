package io.headwater.query.platform.time;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Instants between requests and SQL.
public final class Instants {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private Instants() {}

    /// The last one that [#check] lets pass, for what lies beyond it.
    static Instant clamp(Instant instant) {
        return instant.isAfter(LAST) ? LAST : instant;
    }

    /// As the driver takes it.
    public static OffsetDateTime sql(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /// 400 for years that Postgres or JSON readers cannot hold.
    public static Instant check(String field, Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(LAST)) {
            throw badParameter(field, "must lie between the years 1 and 9999");
        }
        return instant;
    }
}
