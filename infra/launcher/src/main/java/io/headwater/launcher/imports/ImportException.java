package io.headwater.launcher.imports;

/// The import cannot begin, or not go on; the message says why and what to do.
public final class ImportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ImportException(String message) {
        super(message);
    }

    ImportException(String message, Throwable cause) {
        super(message, cause);
    }
}
