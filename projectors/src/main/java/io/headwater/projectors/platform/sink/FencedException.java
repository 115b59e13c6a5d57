package io.headwater.projectors.platform.sink;

/// Somebody else claimed a partition: nothing of the batch was written, let go.
public final class FencedException extends Exception {
    FencedException(String message) {
        super(message);
    }
}
