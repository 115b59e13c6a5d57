package io.headwater.command.platform.directory;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// How an API key is kept: never itself.
public final class KeyHash {

    private KeyHash() {}

    /// @return SHA-256, hex: keys are long and random, so no salt and no stretching
    public static String of(String apiKey) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(apiKey.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
