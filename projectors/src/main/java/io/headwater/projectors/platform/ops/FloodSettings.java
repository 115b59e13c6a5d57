package io.headwater.projectors.platform.ops;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a fold counts as broken; each key is explained in `application.yml`.
@ConfigurationProperties("headwater.flood")
record FloodSettings(@DefaultValue("100") int mostLetters, @DefaultValue("1000") int within) {

    FloodSettings {
        if (mostLetters < 0 || within <= mostLetters) {
            throw new IllegalArgumentException(
                    "headwater.flood: most-letters must not be negative, within must be larger");
        }
    }
}
