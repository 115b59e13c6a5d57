package io.headwater.command.intake.mapping;

/// The text is no expression.
public final class ExpressionException extends RuntimeException {

    /// @param at index of the character, from 0
    ExpressionException(String what, int at) {
        super("at character " + (at + 1) + ": " + what, null, false, false);
    }
}
