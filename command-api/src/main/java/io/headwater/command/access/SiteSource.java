package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the rules know of a source of a [Site].
///
/// @param version number of its events
/// @param mappingVersion of its newest mapping; 0: it never had one
/// @param secrets when each ends, by id
record SiteSource(long version, int mappingVersion, Map<String, Instant> secrets) {

    /// Of a secret that does not end by itself.
    static final Instant NEVER = Instant.ofEpochMilli(Long.MAX_VALUE);

    static final int MOST_SECRETS = 5;

    static SiteSource begun(List<String> secretIds, boolean mapped) {
        var secrets = new TreeMap<String, Instant>();
        secretIds.forEach(id -> secrets.put(id, NEVER));
        return new SiteSource(1, mapped ? 1 : 0, secrets);
    }

    /// @param expected null: any
    void requireVersion(@Nullable Long expected) {
        if (expected != null && expected != version) {
            throw new Refused(
                    Refused.Reason.RULE_VIOLATED,
                    "stale-version",
                    "The source has version %d by now, not %d.".formatted(version, expected));
        }
    }

    void requireRoomForSecret(String secretId, Instant now) {
        if (secrets.containsKey(secretId)) {
            throw new Refused(
                    Refused.Reason.RULE_VIOLATED,
                    "secret-exists",
                    "The source has a secret with this id already.");
        }
        if (live(now) >= MOST_SECRETS) {
            throw new Refused(
                    Refused.Reason.RULE_VIOLATED,
                    "too-many-secrets",
                    "A source has at most %d live secrets; end one first.".formatted(MOST_SECRETS));
        }
    }

    void requireEndable(String secretId, boolean mayBeLast, Instant now) {
        var end = secrets.get(secretId);
        if (end == null || !end.isAfter(now)) {
            throw new Refused(
                    Refused.Reason.UNKNOWN,
                    "unknown-secret",
                    "The source has no live secret with this id.");
        }
        if (!mayBeLast && live(now) == 1) {
            throw new Refused(
                    Refused.Reason.RULE_VIOLATED,
                    "last-secret",
                    "Nothing could prove a delivery any more; add another secret first.");
        }
    }

    private long live(Instant now) {
        return secrets.values().stream().filter(end -> end.isAfter(now)).count();
    }

    SiteSource changed() {
        return new SiteSource(version + 1, mappingVersion, secrets);
    }

    SiteSource mapped(int newVersion) {
        return new SiteSource(version + 1, newVersion, secrets);
    }

    /// @param olderUntil when the others end; null: as they did
    /// @param now what ended before is forgotten
    SiteSource withSecret(String secretId, @Nullable Instant olderUntil, Instant now) {
        var next = new TreeMap<String, Instant>();
        secrets.forEach((id, end) -> {
            var sooner = olderUntil != null && olderUntil.isBefore(end) ? olderUntil : end;
            if (sooner.isAfter(now)) {
                next.put(id, sooner);
            }
        });
        next.put(secretId, NEVER);
        return new SiteSource(version + 1, mappingVersion, next);
    }

    SiteSource withoutSecret(String secretId) {
        var next = new TreeMap<>(secrets);
        next.remove(secretId);
        return new SiteSource(version + 1, mappingVersion, next);
    }
}
