package io.headwater.streams;

/// A well-formed record that cannot be processed. The message names no data of persons: it goes
/// with the record to the dead letters.
public class UnprocessableException extends RuntimeException {
    public UnprocessableException(String message) {
        super(message);
    }
}
