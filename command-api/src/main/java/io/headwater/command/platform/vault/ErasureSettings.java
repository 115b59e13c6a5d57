package io.headwater.command.platform.vault;

import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param undo how long after it was asked for nothing is destroyed, so that it can be withdrawn;
///   zero: it begins at once
@ConfigurationProperties("headwater.erasure")
public record ErasureSettings(Duration undo) {

    /// A month is what the law gives to carry it out (GDPR, article 12).
    private static final Duration LONGEST = Duration.ofDays(28);

    public ErasureSettings {
        if (undo.isNegative() || undo.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "headwater.erasure.undo (ERASURE_UNDO) is from 0s to " + LONGEST);
        }
    }

    /// When a wish is carried out that is not withdrawn.
    ///
    /// @param requestedAt by the server's time
    /// @param atOnce the wish does not wait
    public Instant forgetsAt(Instant requestedAt, boolean atOnce) {
        return atOnce ? requestedAt : requestedAt.plus(undo);
    }
}
