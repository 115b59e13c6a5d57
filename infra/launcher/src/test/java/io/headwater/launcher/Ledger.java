package io.headwater.launcher;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/// What the clients know: for every request whether it was acknowledged, refused before it could
/// have any effect, or neither. The oracle of the fault tests; it knows nothing of the product.
final class Ledger {

    /// @see #UNKNOWN
    enum Fate {
        /// answered with success: must be there, once
        OK,
        /// never left this machine's client: must not be there
        FAIL,
        /// sent, and not answered with success: may be there, at most once
        UNKNOWN
    }

    private final Map<String, Fate> fates = new ConcurrentHashMap<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger refusedWithoutRetryAfter = new AtomicInteger();
    private volatile long lastOkNanos;

    void sending(String id) {
        if (fates.put(id, Fate.UNKNOWN) != null) {
            throw new AssertionError("sent twice: " + id);
        }
        inFlight.incrementAndGet();
    }

    void answered(String id, Caller.Answer answer) {
        inFlight.decrementAndGet();
        if (answer.status() == 200 || answer.status() == 202) {
            fates.put(id, Fate.OK);
            acknowledged.incrementAndGet();
            lastOkNanos = System.nanoTime();
        } else if (answer.status() == 503 && answer.headers().firstValue("Retry-After").isEmpty()) {
            refusedWithoutRetryAfter.incrementAndGet();
        }
    }

    /// @param sent false when no connection was made
    void unanswered(String id, boolean sent) {
        inFlight.decrementAndGet();
        if (!sent) {
            fates.put(id, Fate.FAIL);
        }
    }

    int inFlight() {
        return inFlight.get();
    }

    int refusedWithoutRetryAfter() {
        return refusedWithoutRetryAfter.get();
    }

    boolean acknowledgedWithin(long nanos) {
        return lastOkNanos != 0 && System.nanoTime() - lastOkNanos < nanos;
    }

    long acknowledged() {
        return acknowledged.get();
    }

    Set<String> with(Fate fate) {
        return fates.entrySet().stream()
                .filter(entry -> entry.getValue() == fate)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
