package io.headwater.launcher.doctor;

/// What was looked at, and what came of it.
///
/// @param about one or two words
/// @param remedy what to do; empty when nothing is wrong
public record Finding(Level level, String about, String what, String remedy) {

    /// How bad it is.
    public enum Level {
        OK,
        /// Safe on this machine only, or until something else goes wrong.
        WARNING,
        /// Data may be lost, or read by others.
        UNSAFE
    }

    static Finding ok(String about, String what) {
        return new Finding(Level.OK, about, what, "");
    }

    static Finding warning(String about, String what, String remedy) {
        return new Finding(Level.WARNING, about, what, remedy);
    }

    static Finding unsafe(String about, String what, String remedy) {
        return new Finding(Level.UNSAFE, about, what, remedy);
    }
}
