package io.headwater.command.platform.web;

import java.util.List;

/// @param field name as the caller knows it
/// @param message what is wrong with it; never the value
public record FieldError(String field, String message) {

    /// @param errors all that is wrong
    public static Problem problem(List<FieldError> errors) {
        return ProblemType.INVALID_FIELDS
                .with("Fields are missing or invalid; see errors.")
                .on(errors);
    }

    /// Of a request in which nothing else is wrong, or was looked at.
    public ProblemException asException() {
        return problem(List.of(this)).asException();
    }
}
