package io.headwater.launcher.erase;

/// A command cannot do what it was asked to do; the message says why, to who asked.
final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message) {
        super(message);
    }
}
