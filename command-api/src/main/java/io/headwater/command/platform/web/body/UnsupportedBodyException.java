package io.headwater.command.platform.web.body;

/// The content type, its charset or its encoding is not one that is read here.
public final class UnsupportedBodyException extends RuntimeException {

    public UnsupportedBodyException(String message) {
        super(message, null, false, false);
    }
}
