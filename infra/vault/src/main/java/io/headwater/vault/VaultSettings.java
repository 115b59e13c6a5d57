package io.headwater.vault;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// What every application that uses the vault is told.
///
/// @param url JDBC URL of the database with the schema `vault`
/// @param user a role that owns this schema; no other role may read it
/// @param password may be empty
/// @param kek URI of the key-encryption key, `file:…`
/// @param keyLife how long a data key that was looked up is remembered
@ConfigurationProperties("headwater.vault")
public record VaultSettings(
        String url, String user, String password, String kek, Duration keyLife) {

    public VaultSettings {
        if (url.isBlank() || user.isBlank() || kek.isBlank()) {
            throw new IllegalArgumentException("headwater.vault: url, user and kek must be told");
        }
    }

    public VaultLogin login() {
        return new VaultLogin(url, user, password, kek);
    }

    /// Without the password, so that it may be logged.
    @Override
    public String toString() {
        return "VaultSettings[login=%s, keyLife=%s]".formatted(login(), keyLife);
    }
}
