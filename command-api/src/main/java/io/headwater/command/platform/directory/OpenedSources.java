package io.headwater.command.platform.directory;

import io.headwater.command.platform.vault.SecretOpener;
import io.headwater.command.platform.vault.SourceSecrets;
import io.headwater.events.Pii;
import io.headwater.vault.AbsentKeyException;
import io.headwater.vault.BrokenSealException;
import io.headwater.vault.VaultRefusedException;
import io.headwater.vault.VaultUnavailableException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Sources with their secrets opened, each version once. They stay in memory as long as the process
/// lives, so that deliveries go on while the vault is away.
final class OpenedSources {

    private record Opened(SealedSource sealed, SourceDetails details) {}

    private final SecretOpener opener;
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();

    OpenedSources(SecretOpener opener) {
        this.opener = opener;
    }

    /// To judge deliveries by: all of its secrets, or none of it.
    ///
    /// @throws VaultUnavailableException when the vault is away and it was not opened before
    /// @throws AbsentKeyException when a key is lost
    /// @throws BrokenSealException when a secret is not what was sealed
    SourceDetails of(SealedSource sealed) {
        String id = sealed.config().sourceId();
        var known = opened.get(id);
        if (known != null && known.sealed() == sealed) {
            return known.details();
        }
        var details = sealed.open(opener);
        opened.put(id, new Opened(sealed, details));
        return details;
    }

    /// To administer it: a secret that cannot be opened now is empty, so that it can be seen and
    /// ended.
    SourceDetails described(SealedSource sealed) {
        try {
            return of(sealed);
        } catch (VaultUnavailableException
                | AbsentKeyException
                | BrokenSealException
                | VaultRefusedException closed) {
            return sealed.open(new Lenient(opener));
        }
    }

    private record Lenient(SecretOpener strict) implements SecretOpener {

        @Override
        public Optional<String> secret(SourceSecrets.Source source, String secretId, Pii value) {
            return orEmpty(() -> strict.secret(source, secretId, value));
        }

        @Override
        public Optional<String> option(SourceSecrets.Source source, String name, Pii value) {
            return orEmpty(() -> strict.option(source, name, value));
        }

        private static Optional<String> orEmpty(Supplier<Optional<String>> open) {
            try {
                return open.get();
            } catch (VaultUnavailableException
                    | AbsentKeyException
                    | BrokenSealException
                    | VaultRefusedException closed) {
                return Optional.of("");
            }
        }
    }

    /// Forgets what is not there any more.
    void keepOnly(Collection<String> sourceIds) {
        opened.keySet().retainAll(sourceIds);
    }
}
