package io.headwater.launcher.demo;

import org.jspecify.annotations.Nullable;

/// The demonstration cannot be set up; the message is for the person who started it.
public final class DemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
