package io.headwater.command.platform.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Counts requests per client in windows aligned to the clock. When a window ends, all its counters
/// go at once; new clients beyond [#MAX_CLIENTS] in one window share one counter, so memory is
/// bounded.
final class FixedWindow {

    static final int MAX_CLIENTS = 100_000;

    private static final String THE_REST = "*";

    private final int limit;
    private final long windowMillis;
    private final AtomicReference<Window> current =
            new AtomicReference<>(new Window(Long.MIN_VALUE, new ConcurrentHashMap<>()));

    FixedWindow(int limit, Duration window) {
        this.limit = limit;
        this.windowMillis = Math.max(1, window.toMillis());
    }

    /// @param resetSeconds until the window ends, at least 1
    record Verdict(boolean allowed, int limit, int remaining, long resetSeconds) {}

    Verdict take(String address, long nowMillis) {
        long index = Math.floorDiv(nowMillis, windowMillis);
        var counters = window(index).counters();
        String client = clientOf(address);
        var counter =
                counters.size() < MAX_CLIENTS || counters.containsKey(client)
                        ? counters.computeIfAbsent(client, unseen -> new AtomicInteger())
                        : counters.computeIfAbsent(THE_REST, unseen -> new AtomicInteger());
        int used = counter.updateAndGet(count -> Math.min(count, limit) + 1);
        long leftMillis = (index + 1) * windowMillis - nowMillis;
        return new Verdict(
                used <= limit,
                limit,
                Math.max(0, limit - used),
                Math.max(1, (leftMillis + 999) / 1000));
    }

    /// Who read the clock just before a window ended counts in the next one, and does not bring the
    /// old one back with all counters at zero. A clock that was set back further starts anew.
    private Window window(long index) {
        return current.updateAndGet(window ->
                window.index() == index || window.index() == index + 1
                        ? window
                        : new Window(index, new ConcurrentHashMap<>()));
    }

    /// One household has a whole IPv6 /64.
    private static String clientOf(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        @Nullable InetAddress parsed = ClientAddress.literal(address);
        return parsed instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
                : address;
    }

    private record Window(long index, ConcurrentMap<String, AtomicInteger> counters) {}
}
