package io.headwater.command.platform.postgres;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/// @param url JDBC URL
/// @param user a role that owns the schema `ops_command` and nothing else
/// @param password may be empty
/// @param connectLimit longest wait for a connection; then the database counts as away
/// @param statementLimit longest run of one statement
/// @param poolSize most connections at once; further callers wait up to the connect limit
@Validated
@ConfigurationProperties("headwater.postgres")
public record PostgresSettings(
        @NotBlank String url,
        @NotBlank String user,
        String password,
        Duration connectLimit,
        Duration statementLimit,
        @Min(1) int poolSize) {

    /// Plain connections, for a pool.
    ///
    /// @param applicationName seen in `pg_stat_activity`
    /// @param limit longest run of one statement
    public PGSimpleDataSource dataSource(String applicationName, Duration limit) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(applicationName);
        source.setOptions("-c statement_timeout=" + limit.toMillis());
        source.setConnectTimeout(Math.toIntExact(Math.max(1, connectLimit.toSeconds())));
        // A server that vanished without a word: give up a little after it should have.
        source.setSocketTimeout(Math.toIntExact(limit.toSeconds() + 2));
        source.setTcpKeepAlive(true);
        return source;
    }

    @Override
    public String toString() {
        return "PostgresSettings[url=%s, user=%s]".formatted(url, user);
    }
}
