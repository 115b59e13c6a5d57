package io.headwater.launcher;

import java.sql.SQLException;
import org.postgresql.ds.PGSimpleDataSource;

/// Which generation of the sessions is live: the score job follows its view topic, and lets the one
/// of a former generation go at the next start.
final class LiveSessions {

    private static final int FIRST = 1;
    private static final int LIMIT_SECONDS = 5;

    /// Before the projectors ran for the first time there is no such table.
    private static final String UNDEFINED_TABLE = "42P01";

    /// Not the driver manager: applications in this JVM have drivers of their own there.
    private final PGSimpleDataSource source = new PGSimpleDataSource();

    private int known;

    LiveSessions(String jdbcUrl, String user) {
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setConnectTimeout(LIMIT_SECONDS);
        source.setSocketTimeout(LIMIT_SECONDS);
    }

    /// @return the view topic of the live generation; of the first one, before there is any; of the
    ///   last known one while Postgres is away
    /// @throws IllegalStateException when Postgres never answered
    synchronized String topic() {
        try {
            known = generation();
        } catch (SQLException away) {
            if (known == 0) {
                throw new IllegalStateException(
                        "the live generation of the sessions cannot be read: " + away.getMessage(),
                        away);
            }
        }
        return "view.sessions.g" + known;
    }

    private int generation() throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                """
                                select generation from ops.projection
                                where projection = 'sessions' and state = 'LIVE'\
                                """)) {
            return row.next() ? row.getInt(1) : FIRST;
        } catch (SQLException failure) {
            if (UNDEFINED_TABLE.equals(failure.getSQLState())) {
                return FIRST;
            }
            throw failure;
        }
    }
}
