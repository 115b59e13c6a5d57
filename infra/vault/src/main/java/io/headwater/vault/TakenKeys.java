package io.headwater.vault;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keys that this process has taken from its pool lately, the newest that there is room for:
/// whoever decides about what was sealed a moment ago wants each of them once, so a cache that
/// keeps what is used often would let go of just these.
final class TakenKeys {

    private record Taken(KeyState key, long nanos) {}

    private final long lifeNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Taken> newest;

    /// @param most how many
    /// @param life how long
    TakenKeys(int most, Duration life) {
        this(most, life, System::nanoTime);
    }

    TakenKeys(int most, Duration life, LongSupplier nanoTime) {
        this.lifeNanos = life.toNanos();
        this.nanoTime = nanoTime;
        this.newest =
                new LinkedHashMap<>() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Taken> eldest) {
                        return size() > most;
                    }
                };
    }

    synchronized void add(DataKey key) {
        newest.put(key.kid(), new Taken(new KeyState.Active(key), nanoTime.getAsLong()));
    }

    /// @return null: not taken here, or too long ago
    synchronized @Nullable KeyState find(String kid) {
        var found = newest.get(kid);
        return found == null || nanoTime.getAsLong() - found.nanos() >= lifeNanos
                ? null
                : found.key();
    }

    synchronized void forget(Collection<String> kids) {
        kids.forEach(newest::remove);
    }
}
