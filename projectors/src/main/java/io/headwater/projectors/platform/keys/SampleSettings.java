package io.headwater.projectors.platform.keys;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How samples of the live views are compared; each key is explained in `application.yml`.
@ConfigurationProperties("headwater.sample")
record SampleSettings(@DefaultValue("60") int perMinute) {

    SampleSettings {
        if (perMinute < 1) {
            throw new IllegalArgumentException("headwater.sample.per-minute must be positive");
        }
    }
}
