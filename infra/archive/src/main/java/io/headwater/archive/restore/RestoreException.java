package io.headwater.archive.restore;

/// The restore cannot begin or go on; the message says why and what to do.
public final class RestoreException extends RuntimeException {

    RestoreException(String message) {
        super(message);
    }

    RestoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
