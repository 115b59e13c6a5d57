package io.headwater.command.lead;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param reengageAfter a person who submits again after this time counts as re-engaged; at least 2
///   seconds, because a repeated body is a duplicate for a second less at most
@ConfigurationProperties("headwater.lead")
record LeadSettings(Duration reengageAfter) {

    /// @throws IllegalArgumentException when it is too short
    LeadSettings {
        if (reengageAfter.compareTo(Duration.ofSeconds(2)) < 0) {
            throw new IllegalArgumentException(
                    "headwater.lead.reengage-after must be at least 2 seconds, not "
                            + reengageAfter);
        }
    }
}
