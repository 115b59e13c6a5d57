package io.headwater.jobs.platform.vault;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// @param url JDBC URL of the database with the schema `vault`
/// @param user owner of that schema
/// @param password may be empty
/// @param kek URI of the key-encryption key, `file:…`
/// @param keyLife how long a data key that was looked up is remembered
@Validated
@ConfigurationProperties("headwater.vault")
record VaultSettings(
        @NotBlank String url,
        @NotBlank String user,
        String password,
        @NotBlank String kek,
        Duration keyLife) {

    @Override
    public String toString() {
        return "VaultSettings[url=%s, user=%s, kek=%s]".formatted(url, user, kek);
    }
}
