package io.headwater.projectors.platform.bulk;

/// Something that will be the same at the next attempt: an event that does not fold, a row that
/// Postgres refuses. Its message is for people and names it.
final class PoisonException extends Exception {

    PoisonException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
