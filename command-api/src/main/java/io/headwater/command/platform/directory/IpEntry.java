package io.headwater.command.platform.directory;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A line of a site's block or white list.
///
/// @param verdict about submissions from there; never NONE
/// @param reason shown to administrators
/// @param until when it ends; null: never
/// @param since when it was last written
/// @param actor who wrote it
public record IpEntry(
        String entryId,
        IpRange range,
        IpRules.Verdict verdict,
        String reason,
        @Nullable Instant until,
        Instant since,
        String actor) {

    public boolean liveAt(Instant now) {
        return until == null || until.isAfter(now);
    }
}
