package io.headwater.projectors.platform.sink;

import io.headwater.projectors.platform.ProjectorSettings;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Connections for sinks: one each, kept, with every wait bounded. A frozen owner must not hold a
/// partition for ever.
final class SinkConnections {

    private static final String OPTIONS =
            String.join(
                    " ",
                    "-c lock_timeout=5s",
                    "-c statement_timeout=60s",
                    "-c idle_in_transaction_session_timeout=15s",
                    "-c tcp_keepalives_idle=15",
                    "-c tcp_keepalives_interval=5",
                    "-c tcp_keepalives_count=3",
                    // Statements are small and always the same.
                    "-c jit=off");

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    SinkConnections(ProjectorSettings.Postgres settings) {
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setOptions(OPTIONS);
        source.setApplicationName("headwater-sink");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(5);
        source.setSocketTimeout(75);
        source.setPrepareThreshold(1);
    }

    Connection open() throws SQLException {
        return source.getConnection();
    }
}
