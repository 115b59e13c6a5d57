package io.headwater.command.lead;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether the person of a lead asked to be forgotten, and whether they were.
///
/// @param requestedAt of the wish that is open or was carried out, by the server's time; null: none
/// @param atOnce that wish does not wait whether it is withdrawn
/// @param erasedAt null: not yet
record Erasure(@Nullable Instant requestedAt, boolean atOnce, @Nullable Instant erasedAt) {

    static final Erasure NONE = new Erasure(null, false, null);

    /// The wish that is not carried out yet.
    @Nullable Instant open() {
        return erasedAt == null ? requestedAt : null;
    }

    /// Whether the open wish is one that somebody knew of.
    ///
    /// @param asked time of the newest wish that they knew of; null: they knew of all
    boolean isOpen(@Nullable Instant asked) {
        var open = open();
        return open != null && (asked == null || !open.isAfter(asked));
    }

    /// What an answer about the lead tells of the open wish.
    Map<String, String> values() {
        var open = open();
        return open == null
                ? Map.of()
                : Map.of(
                        "erase_requested_at",
                        open.toString(),
                        "erase_at_once",
                        String.valueOf(atOnce));
    }

    Erasure on(LifeEvent.EraseRequested wish) {
        return requestedAt == null
                ? new Erasure(wish.by().requestedAt(), wish.atOnce(), erasedAt)
                : this;
    }

    Erasure withdrawn() {
        return new Erasure(null, false, erasedAt);
    }

    Erasure on(LifeEvent.Erased done) {
        return erasedAt == null ? new Erasure(requestedAt, atOnce, done.by().at()) : this;
    }
}
