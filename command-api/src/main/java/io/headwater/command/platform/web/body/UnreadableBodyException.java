package io.headwater.command.platform.web.body;

/// The bytes are not what their content type says.
public final class UnreadableBodyException extends RuntimeException {

    /// @param message one sentence fragment for the caller; never quotes the body
    public UnreadableBodyException(String message) {
        super(message, null, false, false);
    }
}
