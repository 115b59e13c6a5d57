package io.headwater.launcher.query;

/// No platform runs on a data folder, or its run file does not tell how to ask it.
public final class NotRunningException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    NotRunningException(String reason) {
        super(reason);
        this.reason = reason;
    }

    NotRunningException(String reason, Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /// For people.
    public String reason() {
        return reason;
    }
}
