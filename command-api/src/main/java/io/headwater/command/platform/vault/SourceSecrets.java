package io.headwater.command.platform.vault;

import io.headwater.events.Pii;
import io.headwater.schema.PersonalData;
import io.headwater.vault.DataKey;
import io.headwater.vault.Envelope;
import io.headwater.vault.Owner;
import io.headwater.vault.Place;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Secrets of sources, sealed with one key for each source. Those of before there was a vault are
/// not sealed and are read as they are.
@Component
public final class SourceSecrets implements SecretOpener {

    private static final String KIND = "source";

    private final Vault vault;

    SourceSecrets(Vault vault) {
        this.vault = vault;
    }

    /// Whose secrets, and on which site.
    public record Source(String siteId, String sourceId) {

        private Place secret(String secretId) {
            return place("secret:" + secretId);
        }

        private Place option(String name) {
            return place("secret_options:" + name);
        }

        private Place place(String field) {
            return new Place(siteId, KIND + ":" + sourceId, field);
        }
    }

    /// Sealing throws [io.headwater.vault.VaultUnavailableException] when the vault is away or no
    /// data key is left; callers are answered 503.
    public Sealer of(Source source) {
        return new Sealer(vault, source);
    }

    /// Seals for one source; its key is looked up when the first secret comes.
    public static final class Sealer {

        private final Vault vault;
        private final Source source;
        private @Nullable DataKey key;

        private Sealer(Vault vault, Source source) {
            this.vault = vault;
            this.source = source;
        }

        public Pii secret(String secretId, String value) {
            return Envelope.seal(value, key(), source.secret(secretId));
        }

        public Pii option(String name, String value) {
            return Envelope.seal(value, key(), source.option(name));
        }

        private DataKey key() {
            var known = key;
            if (known == null) {
                known = vault.keys().of(new Owner(KIND, source.sourceId()));
                key = known;
            }
            return known;
        }
    }

    @Override
    public Optional<String> secret(Source source, String secretId, Pii value) {
        return open(value, source.secret(secretId));
    }

    @Override
    public Optional<String> option(Source source, String name, Pii value) {
        return open(value, source.option(name));
    }

    private Optional<String> open(Pii value, Place place) {
        return Envelope.isSealed(value)
                ? Envelope.open(value, vault.keys().find(value.getKid()), place)
                : Optional.of(PersonalData.opened(value));
    }
}
