package io.headwater.launcher.query;

/// No platform runs on a data folder, or its run file does not tell how to ask it; the message says
/// which.
public final class NotRunningException extends Exception {
    private static final long serialVersionUID = 1L;

    NotRunningException(String message) {
        super(message);
    }

    NotRunningException(String message, Throwable cause) {
        super(message, cause);
    }
}
