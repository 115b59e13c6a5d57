package io.headwater.command.platform.web.limit;

import io.headwater.command.platform.Sha256;
import io.headwater.web.ClientAddress;
import java.net.Inet6Address;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Counts in memory, and asks the shared counter for a block when its own is used up.
final class LeasedLimits implements RateLimits {

    /// Leases of a window, when one instance uses all of it.
    private static final long BLOCKS = 20;

    /// A day's blocks are smaller: what an instance leased and did not use is lost when it ends.
    private static final long BLOCKS_OF_A_DAY = 100;

    private final Leases leases;
    private final Clock clock;
    private final int maxSubjects;
    private final ConcurrentMap<Long, FixedWindow> windows = new ConcurrentHashMap<>();

    LeasedLimits(Leases leases, Clock clock) {
        this(leases, clock, FixedWindow.MAX_SUBJECTS);
    }

    LeasedLimits(Leases leases, Clock clock, int maxSubjects) {
        this.leases = leases;
        this.clock = clock;
        this.maxSubjects = maxSubjects;
    }

    @Override
    public Verdict take(Kind kind, String subject, long limit, Duration window) {
        long millis = Math.max(1, window.toMillis());
        long now = clock.millis();
        String counted = kind.name().toLowerCase(Locale.ROOT) + ':' + client(kind, subject);
        var slot =
                windows.computeIfAbsent(millis, length -> new FixedWindow(length, maxSubjects))
                        .slot(counted, limit, now);
        long blocks = window.compareTo(Duration.ofHours(1)) > 0 ? BLOCKS_OF_A_DAY : BLOCKS;
        boolean allowed =
                slot.allowance()
                        .take(
                                limit,
                                Math.max(1, limit / blocks),
                                units -> lease(slot, millis, units));
        long left = slot.end().toEpochMilli() - now;
        return new Verdict(
                allowed,
                limit,
                slot.allowance().remaining(limit),
                Math.max(1, (left + 999) / 1000));
    }

    private java.util.OptionalLong lease(FixedWindow.Slot slot, long millis, long units) {
        return leases.add(
                millis + ":" + Sha256.hex(slot.subject()), slot.start(), slot.end(), units);
    }

    /// One household has a whole IPv6 /64.
    private static String client(Kind kind, String subject) {
        if ((kind != Kind.ADDRESS && kind != Kind.STATUS) || subject.indexOf(':') < 0) {
            return subject;
        }
        return ClientAddress.literal(subject) instanceof Inet6Address address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), 8))
                : subject;
    }
}
