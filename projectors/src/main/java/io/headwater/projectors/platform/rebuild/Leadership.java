package io.headwater.projectors.platform.rebuild;

import io.headwater.projectors.platform.ProjectorSettings;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// One of the instances leads: the one whose connection holds an advisory lock. It ends with the
/// connection, so a dead leader is followed within seconds.
final class Leadership implements AutoCloseable {

    /// Of nobody else in this database.
    private static final long LOCK = 0x4845_4144_5741_5445L;

    private final PGSimpleDataSource source = new PGSimpleDataSource();
    private @Nullable Connection connection;

    Leadership(ProjectorSettings.Postgres settings) {
        source.setUrl(settings.url());
        source.setUser(settings.user());
        source.setPassword(settings.password());
        source.setApplicationName("headwater-rebuild-leader");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout(5);
        source.setSocketTimeout(10);
    }

    /// @throws SQLException when Postgres is away; then this instance does not lead
    boolean isOurs() throws SQLException {
        var open = connection;
        if (open != null) {
            try (var statement = open.createStatement()) {
                statement.execute("select 1");
                return true;
            } catch (SQLException lost) {
                close();
                throw lost;
            }
        }
        open = source.getConnection();
        try (var statement = open.createStatement();
                var row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            if (row.getBoolean(1)) {
                connection = open;
                return true;
            }
        }
        open.close();
        return false;
    }

    @Override
    public void close() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException gone) {
                // Then so is the lock.
            }
        }
    }
}
