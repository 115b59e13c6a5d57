package io.headwater.command.platform.vault;

import io.headwater.vault.VaultLogin;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// @param url JDBC URL of the database with the schema `vault`
/// @param user a role that owns this schema; no other role may read it
/// @param password may be empty
/// @param kek URI of the key-encryption key, `file:…`
/// @param connectLimit longest wait for a connection; then the vault counts as away
/// @param statementLimit longest run of one statement
/// @param poolSize most connections at once
/// @param spareKeys data keys that are made before they are needed
/// @param takeLimit longest wait for a data key when no spare one is left
/// @param keyLife how long a data key that was looked up is remembered
@Validated
@ConfigurationProperties("headwater.vault")
public record VaultSettings(
        @NotBlank String url,
        @NotBlank String user,
        String password,
        @NotBlank String kek,
        Duration connectLimit,
        Duration statementLimit,
        @Min(1) int poolSize,
        @Min(1) int spareKeys,
        Duration takeLimit,
        Duration keyLife) {

    VaultLogin login() {
        return new VaultLogin(url, user, password, kek);
    }

    @Override
    public String toString() {
        return "VaultSettings[url=%s, user=%s, kek=%s]".formatted(url, user, kek);
    }
}
