package io.headwater.command.intake;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What makes a repeated delivery recognisable within its source, integration or form.
///
/// @param kind as in `Submission.dedup_kind`
/// @param window zero: for ever
public record Dedup(@Nullable String key, String kind, Duration window) {

    public static final Dedup NONE = new Dedup(null, "none", Duration.ZERO);

    public static Dedup providerId(String id) {
        return new Dedup(id, "provider_id", Duration.ZERO);
    }

    public static Dedup idempotencyKey(String key, Duration window) {
        return new Dedup(key, "idempotency_key", window);
    }

    /// @param window less than a second: bodies are never compared
    public static Dedup bodyHash(String hash, Duration window) {
        return window.toSeconds() > 0 ? new Dedup(hash, "body_hash", window) : NONE;
    }
}
