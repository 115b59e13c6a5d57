package io.headwater.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/// An operator who has a projection made anew, as the projectors see him: asks in `ops.request`,
/// reads what became of it.
///
/// @param running the projectors that do it
/// @param database in autocommit mode
record Rebuilding(ProjectorsProcess.Running running, Connection database, String projection) {

    private static final long LOOK_MILLIS = 20;

    /// Of the new generation: nothing is ahead of it, and its own fold and sink run.
    private static final String CAUGHT_UP =
            """
            select source_lag = 0 and sink_lag = 0 and health = 'RUNNING' and backfill <> 'bulk'
                   and source_end > 0 and heartbeat > now() - interval '3 seconds'
            from ops.projection
            where projection = ? and generation = ?\
            """;

    private static final String LIVE =
            "select state = 'LIVE' from ops.projection where projection = ? and generation = ?";

    /// Asks and waits until the views show the new generation: a fast wrong answer is no result.
    ///
    /// @return seconds from the request until the new generation had all events in its tables and
    ///   went on by itself
    /// @throws IllegalStateException when it is refused or fails
    double run() throws SQLException, InterruptedException {
        long request = ask();
        long started = System.nanoTime();
        int generation = awaitAnswer(request);
        awaitCaughtUp(generation);
        double seconds = (System.nanoTime() - started) / 1e9;
        await(LIVE, generation);
        return seconds;
    }

    /// The generation that the views show.
    int live() throws SQLException {
        try (var select =
                        database.prepareStatement(
                                "select generation from ops.projection where projection = ? and state = 'LIVE'");
                var row = query(select, projection)) {
            row.next();
            return row.getInt(1);
        }
    }

    void awaitCaughtUp(int generation) throws SQLException, InterruptedException {
        await(CAUGHT_UP, generation);
    }

    private long ask() throws SQLException {
        try (var insert =
                        database.prepareStatement(
                                "insert into ops.request (projection, action, actor) values (?, 'rebuild', 'bench') returning id");
                var row = query(insert, projection)) {
            row.next();
            return row.getLong(1);
        }
    }

    private int awaitAnswer(long request) throws SQLException, InterruptedException {
        while (true) {
            running.requireAlive();
            try (var select =
                            database.prepareStatement(
                                    "select generation, reason from ops.request where id = ? and answered_at is not null");
                    var row = query(select, request)) {
                if (row.next()) {
                    int generation = row.getInt(1);
                    if (row.wasNull()) {
                        throw new IllegalStateException("refused: " + row.getString(2));
                    }
                    return generation;
                }
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void await(String condition, int generation) throws SQLException, InterruptedException {
        while (true) {
            running.requireAlive();
            try (var select = database.prepareStatement(condition);
                    var row = query(select, projection, generation)) {
                if (row.next() && row.getBoolean(1)) {
                    return;
                }
            }
            requireNotFailed(generation);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void requireNotFailed(int generation) throws SQLException {
        try (var select =
                        database.prepareStatement(
                                "select reason from ops.projection where projection = ? and generation = ? and state = 'FAILED'");
                var row = query(select, projection, generation)) {
            if (row.next()) {
                throw new IllegalStateException("the rebuild failed: " + row.getString(1));
            }
        }
    }

    private static ResultSet query(PreparedStatement statement, Object... values)
            throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement.executeQuery();
    }
}
