package io.headwater.command.intake;

import io.headwater.command.platform.Sha256;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What makes a repeated delivery recognisable within its source, integration or form.
///
/// @param kind as in `Submission.dedup_kind`
/// @param window zero: for ever
public record Dedup(@Nullable String key, String kind, Duration window) {

    public static final String IDEMPOTENCY_KEY = "idempotency_key";
    public static final Dedup NONE = new Dedup(null, "none", Duration.ZERO);

    /// Longer ones are kept as their hash: cut, two could become one.
    private static final int LONGEST = 255;

    public static Dedup providerId(String id) {
        return new Dedup(fitting(id), "provider_id", Duration.ZERO);
    }

    public static Dedup idempotencyKey(String key, Duration window) {
        return new Dedup(fitting(key), IDEMPOTENCY_KEY, window);
    }

    private static String fitting(String key) {
        return key.length() <= LONGEST ? key : "sha256:" + Sha256.hex(key);
    }

    /// A row of an import is known for ever.
    public static Dedup importKey(String key) {
        return idempotencyKey("import:" + key, Duration.ZERO);
    }

    /// @param window less than a second: bodies are never compared
    public static Dedup bodyHash(String hash, Duration window) {
        return window.toSeconds() > 0 ? new Dedup(hash, "body_hash", window) : NONE;
    }
}
