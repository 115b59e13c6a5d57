package io.headwater.command.platform.postgres;

/// Postgres is away, or its schema `ops_command` is not made yet.
public final class OpsUnavailableException extends RuntimeException {

    OpsUnavailableException(String message) {
        super(message);
    }
}
