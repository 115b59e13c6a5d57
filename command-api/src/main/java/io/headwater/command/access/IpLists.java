package io.headwater.command.access;

import io.headwater.command.platform.Refused;
import io.headwater.command.platform.axon.Answer;
import io.headwater.command.platform.axon.TaskScope;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.events.Pii;
import io.headwater.events.access.AllowIp;
import io.headwater.events.access.BlockIp;
import io.headwater.events.access.RemoveIp;
import io.headwater.state.IpEntryState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of the block and white lists: no address is on both at a time; a line of one list may
/// lie within another line of the same, and the narrower counts.
final class IpLists {

    static final String STORE = "ips";
    static final String BOTH_LISTS = "ip-on-both-lists";
    static final String BLOCKED = "blocked";

    private final TaskScope scope;
    private final IpEntries entries;

    IpLists(TaskScope scope, NamesOfPeople names) {
        this.scope = scope;
        this.entries = new IpEntries(scope.store(STORE), scope.expiries(), names);
    }

    /// @throws IllegalArgumentException when it is no address
    void read(String siteId, Pii ip) {
        entries.range(siteId, ip);
    }

    /// A block is never made shorter by blocking again.
    Answer block(BlockIp c) {
        var now = c.getRequestedAt();
        var known = entries.live(c.getSiteId(), true, c.getIp(), now);
        if (known != null && !endsBefore(known, c.getUntil())) {
            return answer("kept", c.getSiteId(), known.getEntryId());
        }
        requireOnOneList(c.getSiteId(), false, c.getIp(), now);
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
        entries.put(c.getSiteId(), true, c.getIp(), entryId, BLOCKED, c.getUntil());
        return answer;
    }

    Answer allow(AllowIp c) {
        var now = c.getRequestedAt();
        var known = entries.live(c.getSiteId(), false, c.getIp(), now);
        requireOnOneList(c.getSiteId(), true, c.getIp(), now);
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
        entries.put(c.getSiteId(), false, c.getIp(), entryId, c.getUsage(), c.getUntil());
        return answer;
    }

    Answer remove(RemoveIp c) {
        for (boolean blocks : new boolean[] {true, false}) {
            var known = entries.live(c.getSiteId(), blocks, c.getIp(), c.getRequestedAt());
            if (known != null && known.getEntryId().equals(c.getEntryId())) {
                var answer =
                        handle(
                                new SiteCommand.RemoveIp(
                                        c.getSiteId(), c.getEntryId(), c.getIp(), c.getActor()),
                                c.getEntryId());
                entries.remove(c.getSiteId(), c.getIp(), c.getEntryId());
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
    private void requireOnOneList(String siteId, boolean blocks, Pii ip, Instant now) {
        var range = entries.range(siteId, ip);
        try (var others = entries.list(siteId, blocks)) {
            while (others.hasNext()) {
                var other = others.next().value;
                if (IpEntries.liveAt(other, now)
                        && range.isPresent()
                        && entries.range(siteId, other.getIp())
                                .filter(range.get()::overlaps)
                                .isPresent()) {
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

    void forget(String key, Instant now) {
        entries.forget(key, now);
    }

    private static boolean endsBefore(IpEntryState entry, @Nullable Instant until) {
        return entry.getUntil() != null && (until == null || entry.getUntil().isBefore(until));
    }
}
