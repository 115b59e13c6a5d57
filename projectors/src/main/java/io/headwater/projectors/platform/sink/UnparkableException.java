package io.headwater.projectors.platform.sink;

import java.sql.SQLException;

/// A record that can neither be applied nor kept aside: trying again would not help, and going on
/// would lose it, so the projection stops.
final class UnparkableException extends RuntimeException {
    UnparkableException(SQLException cause) {
        super(SqlErrors.state(cause) + " " + SqlErrors.summary(cause), cause);
    }
}
