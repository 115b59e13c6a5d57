package io.headwater.query.platform.web;

import java.util.List;

/// A request that gets a problem document; an answer, so it carries no stack trace.
public final class ProblemException extends RuntimeException {
    private final ProblemKind kind;
    private final transient List<Problem.FieldError> errors;

    /// @param detail one sentence for the caller, no personal data
    public ProblemException(ProblemKind kind, String detail) {
        this(kind, detail, List.of());
    }

    public ProblemException(ProblemKind kind, String detail, List<Problem.FieldError> errors) {
        super(detail, null, false, false);
        this.kind = kind;
        this.errors = List.copyOf(errors);
    }

    /// 400 that names the field.
    ///
    /// @param message completes the sentence that begins with the field's name
    public static ProblemException badParameter(String field, String message) {
        return new ProblemException(
                ProblemKind.INVALID_PARAMETER,
                field + " " + message,
                List.of(new Problem.FieldError(field, message)));
    }

    /// 404.

    /// @param what for example `lead`
    public static ProblemException notFound(String what) {
        return new ProblemException(ProblemKind.NOT_FOUND, "there is no such " + what);
    }

    public ProblemKind kind() {
        return kind;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Problem.FieldError> errors() {
        return errors;
    }
}
