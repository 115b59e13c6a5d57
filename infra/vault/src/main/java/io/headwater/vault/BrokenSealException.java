package io.headwater.vault;

/// A sealed value was changed, was sealed with another key, or does not stand where it was sealed
/// for.
public final class BrokenSealException extends RuntimeException {

    BrokenSealException(String message) {
        super(message);
    }
}
