package io.headwater.command.intake.imports;

import io.headwater.command.platform.web.ProblemType;
import org.jspecify.annotations.Nullable;

/// One cell because of which a row cannot be used.
final class BadCellException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SessionField field;
    private final ProblemType type;

    /// @param message what is wrong, as said after the name of the field
    BadCellException(SessionField field, ProblemType type, String message) {
        super(message, null, false, false);
        this.field = field;
        this.type = type;
    }

    static BadCellException invalid(SessionField field, String message) {
        return new BadCellException(field, ProblemType.INVALID_FIELDS, message);
    }

    RowVerdict verdict(@Nullable String key) {
        String label = field.label();
        return RowVerdict.refused(key, label, type, label + " " + getMessage());
    }
}
