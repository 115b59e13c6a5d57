package io.headwater.projectors.platform.sink;

import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;

/// Whose fault an error of Postgres is.
public final class SqlErrors {

    /// Cardinality, data, integrity, program limits (a key too long for an index).
    private static final Set<String> DATA_CLASSES = Set.of("21", "22", "23", "54");

    private static final Pattern COPIED_ROW = Pattern.compile("^COPY \\S+, line (\\d+)");

    private SqlErrors() {}

    /// The row's own fault: it will fail for ever. Everything else is retried and never parked.
    public static boolean isData(SQLException error) {
        String state = error.getSQLState();
        return state != null && state.length() == 5 && DATA_CLASSES.contains(state.substring(0, 2));
    }

    /// @return which row of a COPY was refused, from 1; 0 when Postgres does not tell
    public static long copiedRow(SQLException error) {
        if (!(error instanceof PSQLException refused) || refused.getServerErrorMessage() == null) {
            return 0;
        }
        var line = COPIED_ROW.matcher(String.valueOf(refused.getServerErrorMessage().getWhere()));
        return line.find() ? Long.parseLong(line.group(1)) : 0;
    }

    static String state(SQLException error) {
        return error.getSQLState() == null ? "?????" : error.getSQLState();
    }

    /// First line: details quote the data.
    public static String summary(Throwable error) {
        String message = String.valueOf(error.getMessage()).replace("\0", "");
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
