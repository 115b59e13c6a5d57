package io.headwater.command.platform.directory;

import io.headwater.command.platform.Sha256;

/// How an API key is kept: never itself.
public final class KeyHash {

    private KeyHash() {}

    /// @return SHA-256, hex: keys are long and random, so no salt and no stretching
    public static String of(String apiKey) {
        return Sha256.hex(apiKey);
    }
}
