package io.headwater.vault;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/// What a key was used for, and when, in whole hours: the first begins not later, the last ends not
/// earlier than what was sealed.
///
/// @param siteId empty where the event does not name it
public record KeyUse(String kid, Kind kind, String siteId, Instant first, Instant last) {

    /// What it seals. A key of several kinds is of the last of them here: what is kept longest.
    public enum Kind {
        BODIES,
        SESSIONS,
        SUBMISSIONS,
        FACTS,
        LEADS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param at when the event that it sealed something of was received
    public static KeyUse of(String kid, Kind kind, String siteId, Instant at) {
        var hour = at.truncatedTo(ChronoUnit.HOURS);
        return new KeyUse(kid, kind, siteId, hour, hour.plus(Duration.ofHours(1)));
    }

    /// Both, of one key.
    KeyUse and(KeyUse other) {
        return new KeyUse(
                kid,
                kind.compareTo(other.kind) >= 0 ? kind : other.kind,
                siteId.isEmpty() ? other.siteId : siteId,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last);
    }
}
