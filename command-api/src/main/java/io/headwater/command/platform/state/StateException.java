package io.headwater.command.platform.state;

/// The stores cannot be made anew, or only in part; the message says why and what to do.
public final class StateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StateException(String message) {
        super(message);
    }

    public StateException(String message, Throwable cause) {
        super(message, cause);
    }
}
