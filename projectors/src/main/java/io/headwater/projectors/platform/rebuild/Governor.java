package io.headwater.projectors.platform.rebuild;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fast a rebuild may read, so that the live generation stays fresh: half as fast in every
/// second in which it does not, an eighth faster in every one in which it does.
final class Governor {

    /// Records per second that a rebuild may always read, and twice what arrives meanwhile: it must
    /// end some day.
    static final int SLOWEST = 200;

    /// Beyond this multiple of what it reads by itself, a limit limits nothing.
    private static final int LOOSE = 4;

    private final long liveAgeMillis;
    private final long commitMillis;

    /// @param liveAge of the oldest record not in the live tables, that is still fresh
    /// @param commitTime of a transaction, while Postgres keeps up
    Governor(Duration liveAge, Duration commitTime) {
        liveAgeMillis = liveAge.toMillis();
        commitMillis = commitTime.toMillis();
    }

    /// @param limit now in force, records per second; null: none
    /// @param most asked for by whoever wants the rebuild; null: nothing asked
    /// @param perSecond read in the last second
    /// @param arriving new records of the last second
    /// @param ageMillis lag age of the live generation
    /// @param tookMillis a small transaction just now
    /// @return the limit for the next second; null: none
    @Nullable Integer next(
            @Nullable Integer limit,
            @Nullable Integer most,
            long perSecond,
            long arriving,
            long ageMillis,
            long tookMillis) {
        long slowest = Math.max(SLOWEST, 2 * arriving);
        if (ageMillis > liveAgeMillis || tookMillis > commitMillis) {
            long from = limit == null ? perSecond : Math.min(limit, Math.max(perSecond, slowest));
            return capped(Math.max(slowest, from / 2), most);
        }
        if (limit == null) {
            return most;
        }
        long faster = limit + Math.max(1, limit / 8);
        if (most == null && faster > LOOSE * Math.max(perSecond, slowest)) {
            return null;
        }
        return capped(faster, most);
    }

    private static Integer capped(long limit, @Nullable Integer most) {
        return (int) Math.min(limit, most == null ? Integer.MAX_VALUE : most);
    }
}
