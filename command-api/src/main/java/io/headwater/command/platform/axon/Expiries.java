package io.headwater.command.platform.axon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;

/// An index of what may be forgotten and when, so that stores stay bounded without scanning them.
///
/// key = `<due, 13 digits>|<kind>|<key in its store>`, walked in order of time by stream time
public final class Expiries {

    /// With the bound below it forgets 5,000 a second, which is more than is ever decided; a walk
    /// that finds nothing due is one seek.
    public static final Duration EVERY = Duration.ofSeconds(1);

    /// Of one walk, so that a long pause does not make one long transaction.
    static final int AT_ONCE = 5_000;

    private static final byte[] NOTHING = new byte[0];

    /// Forgets what it finds due; the entry may have been renewed since, then it stays.
    @FunctionalInterface
    public interface Forget {
        void forget(String kind, String key, Instant now);
    }

    private final KeyValueStore<String, byte[]> index;
    private final Forget forget;

    Expiries(ProcessorContext<?, ?> context, KeyValueStore<String, byte[]> index, Forget forget) {
        this(index, forget);
        context.schedule(EVERY, PunctuationType.STREAM_TIME, this::walk);
    }

    /// For who calls [#walk] himself.
    public Expiries(KeyValueStore<String, byte[]> index, Forget forget) {
        this.index = index;
        this.forget = forget;
    }

    public void at(Instant due, String kind, String key) {
        index.put(entry(due, kind, key), NOTHING);
    }

    /// Key of the index, for who writes it from outside.
    public static String entry(Instant due, String kind, String key) {
        return "%013d|%s|%s".formatted(due.toEpochMilli(), kind, key);
    }

    /// @param now stream time, Unix milliseconds
    public void walk(long now) {
        var due = new ArrayList<String>();
        try (var entries = index.range("", "%013d|".formatted(now))) {
            while (entries.hasNext() && due.size() < AT_ONCE) {
                due.add(entries.next().key);
            }
        }
        for (String entry : due) {
            String[] parts = entry.split("\\|", 3);
            forget.forget(parts[1], parts[2], Instant.ofEpochMilli(now));
            index.delete(entry);
        }
    }
}
