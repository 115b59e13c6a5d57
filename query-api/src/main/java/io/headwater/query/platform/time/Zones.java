package io.headwater.query.platform.time;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// IANA time zones in parameters.
public final class Zones {

    private Zones() {}

    /// UTC when absent.
    public static ZoneId parse(@Nullable String zone) {
        // A plus sign that was not encoded arrives as a space, as in Etc/GMT+5.
        String id = zone == null || zone.isBlank() ? "UTC" : zone.strip().replace(' ', '+');
        if (!ZoneId.getAvailableZoneIds().contains(id)) {
            throw badParameter("zone", "must be an IANA time zone such as Asia/Kolkata");
        }
        return ZoneId.of(id);
    }
}
