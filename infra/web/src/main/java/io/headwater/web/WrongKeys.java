package io.headwater.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Wrong keys by where they came from: after some of them whoever is there waits, twice as long
/// after each further one. Meanwhile no key is looked at, the right one neither, so that nothing is
/// learned by trying.
///
/// Only that place waits, and only at this instance. Of too many places the one that was wrong
/// longest ago is forgotten: whoever has so many needs no more tries from one of them.
public final class WrongKeys {

    static final int MOST_PLACES = 10_000;

    private final KeyLockSettings settings;
    private final LongSupplier nanoTime;
    private final Map<String, Place> places = new LinkedHashMap<>();

    public WrongKeys(KeyLockSettings settings) {
        this(settings, System::nanoTime);
    }

    WrongKeys(KeyLockSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    private record Place(int wrong, long lastNanos, long waitNanos) {}

    /// @param place where the key came from
    /// @param wrong whether the key is
    /// @return how long that place still waits, whatever the key is; zero: the key counts
    public synchronized Duration judge(String place, boolean wrong) {
        if (settings.after() == 0) {
            return Duration.ZERO;
        }
        long now = nanoTime.getAsLong();
        var known = places.get(place);
        if (known != null && now - known.lastNanos() < known.waitNanos()) {
            return Duration.ofNanos(known.waitNanos() - (now - known.lastNanos()));
        }
        if (wrong) {
            int times = known == null || isForgotten(known, now) ? 1 : known.wrong() + 1;
            // at the end, as the one that was wrong last
            places.remove(place);
            places.put(place, new Place(times, now, waitNanos(times)));
            if (places.size() > MOST_PLACES) {
                places.remove(places.keySet().iterator().next());
            }
        }
        return Duration.ZERO;
    }

    private boolean isForgotten(Place known, long now) {
        return now - known.lastNanos() >= settings.forgetAfter().toNanos();
    }

    private long waitNanos(int times) {
        if (times < settings.after()) {
            return 0;
        }
        long wait = settings.first().toNanos();
        long longest = settings.longest().toNanos();
        for (int i = settings.after(); i < times && wait < longest; i++) {
            wait *= 2;
        }
        return Math.min(wait, longest);
    }
}
