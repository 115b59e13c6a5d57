package io.headwater.command.platform.web.limit;

import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

/// The allowances of the current window of one length. When it ends, all go at once; subjects
/// beyond [#MAX_SUBJECTS] share [#SHARED] allowances by their hash, so that memory is bounded and
/// nobody gets a fresh count by pushing others out.
final class FixedWindow {

    static final int MAX_SUBJECTS = 100_000;
    static final int SHARED = 1_024;

    private final long millis;
    private final int maxSubjects;
    private final AtomicReference<Window> current =
            new AtomicReference<>(new Window(Long.MIN_VALUE, new ConcurrentHashMap<>()));

    FixedWindow(long millis, int maxSubjects) {
        this.millis = millis;
        this.maxSubjects = maxSubjects;
    }

    /// @param subject the one asked for, or the shared one that stands for it
    record Slot(String subject, Allowance allowance, Instant start, Instant end) {}

    Slot slot(String subject, long limit, long nowMillis) {
        var window = window(Math.floorDiv(nowMillis, millis));
        var counters = window.counters();
        String counted =
                counters.size() < maxSubjects || counters.containsKey(subject)
                        ? subject
                        : "shared:" + Math.floorMod(subject.hashCode(), SHARED);
        var allowance = counters.computeIfAbsent(counted, unseen -> new Allowance(limit));
        long start = window.index() * millis;
        return new Slot(
                counted,
                allowance,
                Instant.ofEpochMilli(start),
                Instant.ofEpochMilli(start + millis));
    }

    /// Who read the clock just before a window ended counts in the next one, and does not bring the
    /// old one back with all counters at zero. A clock that was set back further starts anew.
    private Window window(long index) {
        var seen = current.get();
        return seen.index() == index || seen.index() == index + 1
                ? seen
                : current.updateAndGet(window ->
                        window.index() == index || window.index() == index + 1
                                ? window
                                : new Window(index, new ConcurrentHashMap<>()));
    }

    private record Window(long index, ConcurrentMap<String, Allowance> counters) {}
}
