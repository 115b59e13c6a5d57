package io.headwater.query.platform.postgres;

import java.time.Duration;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param url JDBC URL
/// @param user a role that may read, and ask the projectors
/// @param password may be empty
/// @param connectLimit longest wait for a connection; then callers get 503
/// @param queryLimit longest run of one query; then callers get 504
/// @param poolSize most connections at once; further requests wait up to the connect limit
@ConfigurationProperties("headwater.postgres")
public record PostgresSettings(
        String url,
        String user,
        String password,
        Duration connectLimit,
        Duration queryLimit,
        int poolSize) {

    /// Connections that cannot write, whatever the role may do.
    ///
    /// Statements are planned anew each time (`prepareThreshold` 0): with their values known the
    /// filters find their indexes, and a switch of generations never meets a stale plan. Postgres
    /// ends a transaction that asks nothing for as long as a query may run: a reader that froze
    /// would keep a switch waiting.
    public PGSimpleDataSource dataSource(String applicationName) {
        return dataSource(applicationName, "on");
    }

    /// Connections that can write what the role may write: to ask the projectors for something.
    /// Never behind a query.
    public PGSimpleDataSource writingDataSource(String applicationName) {
        return dataSource(applicationName, "off");
    }

    private PGSimpleDataSource dataSource(String applicationName, String readOnly) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName(applicationName);
        source.setOptions(
                "-c default_transaction_read_only="
                        + readOnly
                        + " -c statement_timeout="
                        + queryLimit.toMillis()
                        + " -c idle_in_transaction_session_timeout="
                        + queryLimit.toMillis());
        source.setConnectTimeout(Math.toIntExact(Math.max(1, connectLimit.toSeconds())));
        source.setTcpKeepAlive(true);
        source.setPrepareThreshold(0);
        return source;
    }

    @Override
    public String toString() {
        return "PostgresSettings[url=%s, user=%s]".formatted(url, user);
    }
}
