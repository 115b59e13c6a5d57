package io.headwater.command.platform.web.limit;

import java.util.OptionalLong;
import java.util.function.LongFunction;

/// What this instance may let through for one subject in one window.
///
/// The first [#FREE_SHARE]th of the limit needs no lease, so that the many who ask seldom cost the
/// store nothing; it is reported with the first lease. When the store is away, blocks are taken
/// without it up to the whole limit, and reported when it is back.
final class Allowance {

    /// Each further instance may let through this share too many: 2 %.
    static final long FREE_SHARE = 50;

    private long granted;
    private long used;
    private long unreported;
    private long leasedByAll;
    private long exhaustedAt = -1;

    Allowance(long limit) {
        granted = limit / FREE_SHARE;
        unreported = granted;
    }

    /// @param block units of one lease, at least 1
    /// @param lease adds units to the shared counter and answers its total
    synchronized boolean take(long limit, long block, LongFunction<OptionalLong> lease) {
        if (used < Math.min(granted, limit)) {
            used++;
            return true;
        }
        if (used >= limit || exhaustedAt >= limit) {
            return false;
        }
        long wanted = Math.min(block, limit - used);
        var total = lease.apply(unreported + wanted);
        long got =
                total.isEmpty() ? withoutStore(wanted) : leased(limit, wanted, total.getAsLong());
        if (got <= 0) {
            exhaustedAt = limit;
            return false;
        }
        granted = used + got;
        used++;
        return true;
    }

    private long withoutStore(long wanted) {
        unreported += wanted;
        return wanted;
    }

    private long leased(long limit, long wanted, long total) {
        long before = total - unreported - wanted;
        long got = Math.min(wanted, limit - before - unreported);
        unreported = 0;
        leasedByAll = total;
        return got;
    }

    synchronized long remaining(long limit) {
        if (exhaustedAt >= limit) {
            return 0;
        }
        long known = Math.max(used, leasedByAll - (granted - used));
        return Math.max(0, limit - known);
    }
}
