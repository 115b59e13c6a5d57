package io.headwater.launcher;

import java.time.Duration;

/// What a person sees while the platform starts: one line per component that is ready, with the
/// seconds it took.
final class Progress {
    private final long began = System.nanoTime();

    void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    void step(String component, String what) {
        say("  %-12s %-34s %6.1f s".formatted(component, what, seconds()));
    }

    double seconds() {
        return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0;
    }
}
