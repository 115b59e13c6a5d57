package io.headwater.projectors.platform.sink;

import java.sql.SQLException;
import java.util.Set;

/// Whose fault an error of Postgres is.
final class SqlErrors {

    /// Cardinality, data, integrity, program limits (a key too long for an index).
    private static final Set<String> DATA_CLASSES = Set.of("21", "22", "23", "54");

    private SqlErrors() {}

    /// The row's own fault: it will fail for ever. Everything else is retried and never parked.
    static boolean isData(SQLException error) {
        String state = error.getSQLState();
        return state != null && state.length() == 5 && DATA_CLASSES.contains(state.substring(0, 2));
    }

    static String state(SQLException error) {
        return error.getSQLState() == null ? "?????" : error.getSQLState();
    }

    /// First line: details quote the data.
    static String summary(Throwable error) {
        String message = String.valueOf(error.getMessage()).replace("\0", "");
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
