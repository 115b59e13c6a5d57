package io.headwater.projectors.platform.rebuild;

/// Another generation of the projection is being compared: this one waits for its turn.
final class CutTakenException extends CutException {
    CutTakenException() {
        super("another generation is being compared");
    }
}
