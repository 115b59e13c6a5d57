package io.headwater.command.platform.vault;

import io.headwater.events.Pii;
import java.util.Optional;

/// Opens what was sealed for a source.
public interface SecretOpener {

    /// @return empty: erased
    /// @throws io.headwater.vault.VaultUnavailableException when its key is not at hand and the
    ///   vault is away
    /// @throws io.headwater.vault.AbsentKeyException when its key is lost
    /// @throws io.headwater.vault.BrokenSealException when it is not what was sealed for this place
    Optional<String> secret(SourceSecrets.Source source, String secretId, Pii value);

    /// Like [#secret].
    Optional<String> option(SourceSecrets.Source source, String name, Pii value);
}
