package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.TaskScope;
import io.headwater.command.platform.directory.IpRange;
import io.headwater.events.Pii;
import io.headwater.events.access.AllowIp;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.RemoveIp;
import io.headwater.schema.PersonalData;
import io.headwater.state.IpEntryState;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The rules of the block and white lists: no address is on both at a time; a line of one list may
/// lie within another line of the same, and the narrower counts.
///
/// key = `<site>|<list>|<SHA-256 of the range>`: the address itself only in the value
final class IpLists {

    static final String STORE = "ips";
    static final String BOTH_LISTS = "ip-on-both-lists";
    private static final String BLOCKED = "blocked";

    private final TaskScope scope;
    private final KeyValueStore<String, IpEntryState> entries;

    IpLists(TaskScope scope) {
        this.scope = scope;
        this.entries = scope.store(STORE);
    }

    /// @throws IllegalArgumentException when it is none
    static IpRange range(Pii ip) {
        return IpRange.parse(PersonalData.opened(ip));
    }

    /// A block is never made shorter by blocking again.
    Answer block(BlockIp c) {
        var now = c.getRequestedAt();
        String key = key(c.getSiteId(), true, range(c.getIp()));
        var known = live(key, now);
        if (known != null && !endsBefore(known, c.getUntil())) {
            return answer("kept", c.getSiteId(), known.getEntryId());
        }
        requireOnOneList(c.getSiteId(), false, range(c.getIp()), now);
        String entryId = known == null ? c.getCommandId() : known.getEntryId();
        var answer =
                handle(
                        new SiteCommand.BlockIp(
                                c.getSiteId(),
                                entryId,
                                c.getIp(),
                                c.getReason(),
                                c.getUntil(),
                                c.getActor()),
                        entryId);
        put(key, new IpEntryState(entryId, c.getIp(), BLOCKED, c.getUntil()));
        return answer;
    }

    Answer allow(AllowIp c) {
        var now = c.getRequestedAt();
        String key = key(c.getSiteId(), false, range(c.getIp()));
        var known = live(key, now);
        requireOnOneList(c.getSiteId(), true, range(c.getIp()), now);
        String entryId = known == null ? c.getCommandId() : known.getEntryId();
        var answer =
                handle(
                        new SiteCommand.AllowIp(
                                c.getSiteId(),
                                entryId,
                                c.getIp(),
                                c.getUsage(),
                                c.getReason(),
                                c.getUntil(),
                                c.getActor()),
                        entryId);
        put(key, new IpEntryState(entryId, c.getIp(), c.getUsage(), c.getUntil()));
        return answer;
    }

    Answer remove(RemoveIp c) {
        for (boolean blocks : new boolean[] {true, false}) {
            String key = key(c.getSiteId(), blocks, range(c.getIp()));
            var known = live(key, c.getRequestedAt());
            if (known != null && known.getEntryId().equals(c.getEntryId())) {
                var answer =
                        handle(
                                new SiteCommand.RemoveIp(
                                        c.getSiteId(), c.getEntryId(), c.getIp(), c.getActor()),
                                c.getEntryId());
                entries.delete(key);
                return answer;
            }
        }
        throw new Refused(
                Refused.Reason.UNKNOWN,
                "unknown-ip-entry",
                "The site's lists have no line with this id.");
    }

    /// Reads the whole other list: blocks come often and look through the white list, which people
    /// write; the white list is written seldom.
    private void requireOnOneList(String siteId, boolean blocks, IpRange range, Instant now) {
        try (var others = entries.prefixScan(prefix(siteId, blocks), new StringSerializer())) {
            while (others.hasNext()) {
                var other = others.next().value;
                if (liveAt(other, now) && range(other.getIp()).overlaps(range)) {
                    throw new Refused(
                            Refused.Reason.RULE_VIOLATED,
                            BOTH_LISTS,
                            "It overlaps line %s of the %s list (%s); remove that one first."
                                    .formatted(
                                            other.getEntryId(),
                                            blocks ? "block" : "white",
                                            other.getUsage()));
                }
            }
        }
    }

    private Answer handle(SiteCommand command, String entryId) {
        return answer(String.valueOf(scope.handle(command)), command.siteId(), entryId);
    }

    private static Answer answer(String outcome, String siteId, String entryId) {
        return Answer.accepted(outcome, siteId, Map.of("site_id", siteId, "entry_id", entryId));
    }

    private void put(String key, IpEntryState entry) {
        entries.put(key, entry);
        if (entry.getUntil() != null) {
            scope.expiries().at(entry.getUntil(), STORE, key);
        }
    }

    void forget(String key, Instant now) {
        var entry = entries.get(key);
        if (entry != null && !liveAt(entry, now)) {
            entries.delete(key);
        }
    }

    private @Nullable IpEntryState live(String key, Instant now) {
        var entry = entries.get(key);
        return entry != null && liveAt(entry, now) ? entry : null;
    }

    private static boolean liveAt(IpEntryState entry, Instant now) {
        return entry.getUntil() == null || entry.getUntil().isAfter(now);
    }

    private static boolean endsBefore(IpEntryState entry, @Nullable Instant until) {
        return entry.getUntil() != null && (until == null || entry.getUntil().isBefore(until));
    }

    private static String prefix(String siteId, boolean blocks) {
        return siteId + (blocks ? "|block|" : "|white|");
    }

    private static String key(String siteId, boolean blocks, IpRange range) {
        return prefix(siteId, blocks) + Sha256.hex(range.toString());
    }
}
