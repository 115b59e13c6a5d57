package io.headwater.projectors.platform.keys;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param adminApiKey that requests about keys must bring; empty: nobody may ask
/// @param readLimit longest reading of topics for one request
/// @param mostEvents of one key that are held in memory
@ConfigurationProperties("headwater.keys")
record KeySettings(
        @DefaultValue("") String adminApiKey,
        @DefaultValue("30s") Duration readLimit,
        @DefaultValue("100000") int mostEvents) {

    KeySettings {
        if (!readLimit.isPositive() || mostEvents < 1) {
            throw new IllegalArgumentException(
                    "headwater.keys: read-limit and most-events must be positive");
        }
    }

    /// Without the key, so that it may be logged.
    @Override
    public String toString() {
        return "KeySettings[" + readLimit + ", " + mostEvents + "]";
    }
}
