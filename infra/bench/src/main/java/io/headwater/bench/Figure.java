package io.headwater.bench;

import org.jspecify.annotations.Nullable;

/// One number of the result, with the number it is held against.
///
/// @param atLeast the target is a lower bound; else an upper one
/// @param target null: reported, not judged
record Figure(String name, String unit, double value, @Nullable Double target, boolean atLeast) {

    static Figure atLeast(String name, String unit, double value, double target) {
        return new Figure(name, unit, value, target, true);
    }

    static Figure atMost(String name, String unit, double value, double target) {
        return new Figure(name, unit, value, target, false);
    }

    static Figure plain(String name, String unit, double value) {
        return new Figure(name, unit, value, null, false);
    }

    boolean judged() {
        return target != null;
    }

    boolean pass() {
        return target == null || (atLeast ? value >= target : value <= target);
    }
}
