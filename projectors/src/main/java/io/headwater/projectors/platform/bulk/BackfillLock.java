package io.headwater.projectors.platform.bulk;

import io.headwater.projectors.platform.Generation;
import java.sql.Connection;
import java.sql.SQLException;

/// One instance makes the first rows of a generation: the one whose connection holds an advisory
/// lock. It ends with the connection.
public final class BackfillLock {

    private static final String KEY = "hashtext('headwater-backfill'), hashtext(?)";

    private BackfillLock() {}

    /// Until the connection ends.
    static boolean take(Connection connection, Generation generation) throws SQLException {
        return ask(connection, "select pg_try_advisory_lock(" + KEY + ")", generation);
    }

    /// @param connection in autocommit: what was asked for is given back at once
    public static boolean isFree(Connection connection, Generation generation) throws SQLException {
        return ask(connection, "select pg_try_advisory_xact_lock(" + KEY + ")", generation);
    }

    private static boolean ask(Connection connection, String sql, Generation generation)
            throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, generation.toString());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
