package io.headwater.vault;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import tools.jackson.databind.json.JsonMapper;

/// Where the vault is, and its key-encryption key.
///
/// @param url JDBC URL of the database with the schema `vault`
/// @param user a role that owns this schema; no other role may read it
/// @param password may be empty
/// @param kek URI of the key-encryption key, `file:…`
public record VaultLogin(String url, String user, String password, String kek) {

    private static final long NEVER_FAIL_AT_START = -1;

    /// @param runFile of a platform that runs; null: the vault is that of `VAULT_URL`,
    ///   `VAULT_USER`, `VAULT_PASSWORD`, `VAULT_KEK`
    /// @throws IllegalArgumentException when neither says where it is
    public static VaultLogin of(@Nullable Path runFile, Map<String, String> environment)
            throws IOException {
        if (runFile == null) {
            return new VaultLogin(
                    required(environment, "VAULT_URL"),
                    environment.getOrDefault("VAULT_USER", KeyVault.ROLE),
                    environment.getOrDefault("VAULT_PASSWORD", ""),
                    required(environment, "VAULT_KEK"));
        }
        var told = JsonMapper.shared().readTree(Files.readString(runFile)).path("vault");
        return new VaultLogin(
                told.path("jdbc_url").asString(),
                told.path("user").asString(),
                told.path("password").asString(),
                told.path("kek").asString());
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "set " + name + ", or name the platform that runs: --data DIR");
        }
        return value;
    }

    /// @param application what the server calls its connections
    /// @param statementLimit longest run of one statement
    PGSimpleDataSource dataSource(String application, Duration statementLimit) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(application);
        source.setOptions("-c statement_timeout=" + statementLimit.toMillis());
        // A server that vanished without a word: give up a little after it should have.
        source.setSocketTimeout(Math.toIntExact(statementLimit.toSeconds() + 2));
        source.setTcpKeepAlive(true);
        return source;
    }

    /// Connections that are kept; none is tried before one is needed.
    ///
    /// @param connectLimit longest wait for one
    /// @param most at once
    public HikariDataSource connections(
            String application, Duration connectLimit, Duration statementLimit, int most) {
        var source = dataSource(application, statementLimit);
        source.setConnectTimeout(Math.toIntExact(Math.max(1, connectLimit.toSeconds())));
        var config = new HikariConfig();
        config.setPoolName(application);
        config.setDataSource(source);
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(connectLimit.toMillis());
        config.setValidationTimeout(connectLimit.toMillis() / 2);
        config.setInitializationFailTimeout(NEVER_FAIL_AT_START);
        return new HikariDataSource(config);
    }

    /// Without the password, so that it may be logged.
    @Override
    public String toString() {
        return "VaultLogin[url=%s, user=%s, kek=%s]".formatted(url, user, kek);
    }
}
