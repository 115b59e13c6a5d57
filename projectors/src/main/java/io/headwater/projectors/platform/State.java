package io.headwater.projectors.platform;

/// Where a generation is on its way (docs/rebuilding.md).
public enum State {
    /// Asked for; its topics and tables are being made.
    PLANNED,
    /// Reads what was there when it began.
    BACKFILL,
    /// Reads what came since.
    CATCHING_UP,
    /// Is compared with the live generation.
    VERIFYING,
    /// Compared equal; the views are about to be switched.
    READY,
    /// What readers see.
    LIVE,
    /// Read no more, kept up to date for a way back; dropped when its time is over.
    RETIRING,
    /// Dropped.
    GONE,
    /// Stopped on its way, with the reason; its tables stay for a look.
    FAILED;

    /// Neither read nor given up yet.
    public boolean isBuilding() {
        return switch (this) {
            case PLANNED, BACKFILL, CATCHING_UP, VERIFYING, READY -> true;
            case LIVE, RETIRING, GONE, FAILED -> false;
        };
    }
}
