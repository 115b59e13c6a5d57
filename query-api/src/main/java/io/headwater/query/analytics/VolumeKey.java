package io.headwater.query.analytics;

import static io.headwater.query.platform.web.ProblemException.badParameter;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a series of lead volume is split by.
enum VolumeKey {
    NONE("'all'"),
    SOURCE("source"),
    CAMPAIGN("campaign"),
    COUNTRY("country"),
    DEVICE("device");

    private final String expression;

    VolumeKey(String expression) {
        this.expression = expression;
    }

    /// SQL over a row of `read.lead_volume_15m`.
    String expression() {
        return expression;
    }

    /// Not split when absent.
    static VolumeKey parse(@Nullable String word) {
        if (word == null || word.isBlank()) {
            return NONE;
        }
        return Arrays.stream(values())
                .filter(key -> key.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        badParameter(
                                "by",
                                "must be one of "
                                        + Arrays.stream(values())
                                                .map(VolumeKey::word)
                                                .collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
