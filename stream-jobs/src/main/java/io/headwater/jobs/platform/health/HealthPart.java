package io.headwater.jobs.platform.health;

import java.util.Map;

/// One thing this instance needs; every bean of this type is a line of `GET /health`.
public interface HealthPart {

    /// For example `lead-score` or `s3`.
    String name();

    /// @return whether it works now; cheap, called per request
    boolean up();

    /// @return what else to show; no personal data, no secret
    default Map<String, Object> details() {
        return Map.of();
    }
}
