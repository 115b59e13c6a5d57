package io.headwater.launcher.projections;

/// The command line is wrong, or what was asked cannot be done; the message says why.
final class OperatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OperatorException(String message) {
        super(message);
    }

    OperatorException(String message, Throwable cause) {
        super(message, cause);
    }
}
