package io.headwater.jobs.replay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Signs of life of the archive, for `/health`.
final class ArchivePulse {

    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Clock clock;
    private volatile @Nullable Instant beat;
    private volatile @Nullable Instant committed;
    private volatile @Nullable Instant waitingSince;
    private volatile int unwritten;

    ArchivePulse(Clock clock) {
        this.clock = clock;
    }

    void beat() {
        beat = clock.instant();
    }

    void waiting(int objects) {
        unwritten = objects;
        if (waitingSince == null) {
            waitingSince = clock.instant();
        }
    }

    void committed() {
        committed = clock.instant();
        waitingSince = null;
        unwritten = 0;
    }

    boolean alive() {
        var last = beat;
        return last != null && last.plus(SILENCE).isAfter(clock.instant());
    }

    Map<String, Object> details() {
        var details = new LinkedHashMap<String, Object>();
        put(details, "last_commit", committed);
        put(details, "waiting_since", waitingSince);
        if (unwritten > 0) {
            details.put("unwritten_objects", unwritten);
        }
        return details;
    }

    private static void put(Map<String, Object> details, String name, @Nullable Instant at) {
        if (at != null) {
            details.put(name, at);
        }
    }
}
