package io.headwater.command.platform.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headwater.vault.DataKey;
import java.time.Duration;
import java.util.function.Supplier;

/// Keys of the sessions that this instance takes events of. Asking the vault for each call would
/// put it into the hot path; so a session has one key for each instance that took something of it,
/// and one more when it was forgotten here. All are linked to it by the log.
///
/// A key that was destroyed meanwhile goes on sealing here: nobody ever opens it, which is what an
/// erased session asks for.
final class SessionKeys {

    private static final int MOST = 50_000;

    /// As long as a visit may pause.
    private static final Duration IDLE = Duration.ofMinutes(30);

    private final Supplier<DataKey> fresh;
    private final Cache<String, DataKey> keys =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterAccess(IDLE).build();

    /// @param fresh a key that is nobody's yet
    SessionKeys(Supplier<DataKey> fresh) {
        this.fresh = fresh;
    }

    /// @throws io.headwater.vault.VaultUnavailableException when it has none yet, and none is left
    DataKey of(String sessionId) {
        return keys.get(sessionId, _ -> fresh.get());
    }
}
