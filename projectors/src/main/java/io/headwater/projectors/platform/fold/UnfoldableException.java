package io.headwater.projectors.platform.fold;

import io.headwater.streams.UnprocessableException;

/// A well-formed event that cannot follow on what was folded before. The message names no data of
/// persons; it goes with the event to the dead letters.
public final class UnfoldableException extends UnprocessableException {
    public UnfoldableException(String message) {
        super(message);
    }
}
