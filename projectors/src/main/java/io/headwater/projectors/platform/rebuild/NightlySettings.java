package io.headwater.projectors.platform.rebuild;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// What is proved every night; each key is explained in `application.yml`.
@ConfigurationProperties("headwater.nightly")
record NightlySettings(
        @DefaultValue("3") int hour,
        @DefaultValue("25") int keys,
        @DefaultValue Set<String> rebuilds) {

    NightlySettings {
        if (hour < 0 || hour > 23 || keys < 0) {
            throw new IllegalArgumentException(
                    "headwater.nightly: hour must be 0 to 23, keys must not be negative");
        }
    }
}
