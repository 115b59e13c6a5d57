package io.headwater.projectors.platform.rebuild;

/// A cut that did not come about; it may be tried again.
class CutException extends RuntimeException {
    CutException(String message) {
        super(message);
    }
}
