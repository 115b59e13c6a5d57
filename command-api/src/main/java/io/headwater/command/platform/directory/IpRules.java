package io.headwater.command.platform.directory;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The block and white list of a site. Immutable; a look-up takes as many steps as an address has
/// bits, however long the lists are.
///
/// @param size of the entries held, ended ones included
/// @param roomy size from which ended entries are looked for and dropped: twice what was left the
///   last time, so that all sweeps together cost as much as the entries written
public record IpRules(PrefixTree<IpEntry> entries, int size, int roomy) {

    private static final int ROOM = 1_000;

    public static final IpRules EMPTY = new IpRules(PrefixTree.empty(), 0, ROOM);

    public enum Verdict {
        /// on no list
        NONE,
        /// told that all is well, and kept from being a lead
        BLOCKED,
        /// the lead is a test
        TESTING,
        /// a normal lead of the site's own people
        INTERNAL
    }

    public Verdict verdict(InetAddress address, Instant now) {
        return entry(address, now).map(IpEntry::verdict).orElse(Verdict.NONE);
    }

    /// @return the narrowest entry that holds the address and has not ended
    public Optional<IpEntry> entry(InetAddress address, Instant now) {
        IpEntry found = null;
        for (var entry : entries.holding(address)) {
            found = entry.liveAt(now) ? entry : found;
        }
        return Optional.ofNullable(found);
    }

    /// @return all that have not ended, by address
    public List<IpEntry> live(Instant now) {
        var live = new ArrayList<IpEntry>();
        entries.forEach(entry -> {
            if (entry.liveAt(now)) {
                live.add(entry);
            }
        });
        return live;
    }

    /// @param now time of the event that says so
    IpRules with(IpEntry entry, Instant now) {
        int grown = size + (entries.at(entry.range()).isPresent() ? 0 : 1);
        var next = new IpRules(entries.with(entry.range(), entry), grown, roomy);
        return grown > roomy ? next.swept(now) : next;
    }

    IpRules without(IpRange range) {
        return entries.at(range).isEmpty()
                ? this
                : new IpRules(entries.without(range), size - 1, roomy);
    }

    private IpRules swept(Instant now) {
        PrefixTree<IpEntry> kept = PrefixTree.empty();
        var live = live(now);
        for (var entry : live) {
            kept = kept.with(entry.range(), entry);
        }
        return new IpRules(kept, live.size(), Math.max(ROOM, 2 * live.size()));
    }
}
