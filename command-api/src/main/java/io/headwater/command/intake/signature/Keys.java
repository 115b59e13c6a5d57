package io.headwater.command.intake.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Shared keys, compared without telling by the time it takes how much of a guess was right.
public final class Keys {

    private Keys() {}

    /// @return null when it is one of the secrets
    public static @Nullable Reason check(@Nullable String presented, List<String> secrets) {
        if (presented == null || presented.isBlank()) {
            return Reason.MISSING_KEY;
        }
        boolean matches = false;
        byte[] given = presented.getBytes(StandardCharsets.UTF_8);
        for (String secret : secrets) {
            matches |=
                    !secret.isEmpty()
                            && MessageDigest.isEqual(
                                    secret.getBytes(StandardCharsets.UTF_8), given);
        }
        return matches ? null : Reason.MISMATCH;
    }
}
