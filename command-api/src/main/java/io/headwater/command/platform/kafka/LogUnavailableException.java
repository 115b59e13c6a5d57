package io.headwater.command.platform.kafka;

import org.jspecify.annotations.Nullable;

/// The broker did not confirm in time, or more waits than we hold: answer 503 with `Retry-After`.
public final class LogUnavailableException extends RuntimeException {

    public LogUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
