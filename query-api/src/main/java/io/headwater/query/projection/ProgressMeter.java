package io.headwater.query.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Measures how fast generations read, out of the reports that callers ask for anyway: the average
/// over the last quarter of a minute. Nothing is known until two reports were seen.
@Component
class ProgressMeter {
    private static final Duration WINDOW = Duration.ofSeconds(15);

    /// Projectors report once a second; closer reports are too few records to tell a rate.
    private static final Duration SHORTEST = Duration.ofMillis(500);

    private record Key(String projection, int generation) {}

    /// @param at moment of the report, by the clock of Postgres
    private record Sample(Instant at, long read) {}

    private final Map<Key, Deque<Sample>> samples = new HashMap<>();

    /// @param at moment of the report
    /// @param read source records read until then, counted from offset 0
    /// @return records per second; null when not known
    synchronized @Nullable Double perSecond(
            String projection, int generation, Instant at, long read) {
        samples.values().removeIf(known -> known.getLast().at().isBefore(at.minus(WINDOW)));
        var own = samples.computeIfAbsent(new Key(projection, generation), _ -> new ArrayDeque<>());
        if (!own.isEmpty() && read < own.getLast().read()) {
            // It began again.
            own.clear();
        }
        if (own.isEmpty() || at.isAfter(own.getLast().at())) {
            own.addLast(new Sample(at, read));
        }
        while (own.getFirst().at().isBefore(at.minus(WINDOW))) {
            own.removeFirst();
        }
        return rate(own.getFirst(), own.getLast());
    }

    private static @Nullable Double rate(Sample first, Sample last) {
        Duration between = Duration.between(first.at(), last.at());
        return between.compareTo(SHORTEST) < 0
                ? null
                : (last.read() - first.read()) * 1_000.0 / between.toMillis();
    }
}
