package io.headwater.command.access;

import io.headwater.command.platform.axon.Expiries;
import io.headwater.command.platform.directory.IpRange;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.events.Pii;
import io.headwater.state.IpEntryState;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The lines of the block and white lists in their store.
///
/// key = `<site>|<list>|<blind name of the range>`: the address itself only in the value, sealed
///
/// Opens what is sealed, so everything it does may wait for the vault.
final class IpEntries {

    private final KeyValueStore<String, IpEntryState> entries;
    private final Expiries expiries;
    private final NamesOfPeople names;

    IpEntries(KeyValueStore<String, IpEntryState> entries, Expiries expiries, NamesOfPeople names) {
        this.entries = entries;
        this.expiries = expiries;
        this.names = names;
    }

    /// @return empty when its key was destroyed
    /// @throws IllegalArgumentException when it is none
    Optional<IpRange> range(String siteId, Pii ip) {
        return names.data().open(ip, siteId, "ip").map(IpRange::parse);
    }

    /// @return null when there is none that counts
    @Nullable IpEntryState live(String siteId, boolean blocks, Pii ip, Instant now) {
        return range(siteId, ip)
                .map(range -> entries.get(key(siteId, blocks, range)))
                .filter(entry -> liveAt(entry, now))
                .orElse(null);
    }

    /// A whole list; to be closed.
    KeyValueIterator<String, IpEntryState> list(String siteId, boolean blocks) {
        return entries.prefixScan(prefix(siteId, blocks), new StringSerializer());
    }

    void put(
            String siteId,
            boolean blocks,
            Pii ip,
            String entryId,
            String usage,
            @Nullable Instant until) {
        var range = range(siteId, ip);
        if (range.isEmpty()) {
            return;
        }
        String key = key(siteId, blocks, range.get());
        entries.put(key, new IpEntryState(entryId, ip, usage, until));
        if (until != null) {
            expiries.at(until, IpLists.STORE, key);
        }
    }

    /// Whichever list has the line.
    void remove(String siteId, Pii ip, String entryId) {
        var range = range(siteId, ip);
        if (range.isEmpty()) {
            return;
        }
        for (boolean blocks : new boolean[] {true, false}) {
            String key = key(siteId, blocks, range.get());
            var entry = entries.get(key);
            if (entry != null && entry.getEntryId().equals(entryId)) {
                entries.delete(key);
            }
        }
    }

    void forget(String key, Instant now) {
        var entry = entries.get(key);
        if (entry != null && !liveAt(entry, now)) {
            entries.delete(key);
        }
    }

    static boolean liveAt(IpEntryState entry, Instant now) {
        return entry.getUntil() == null || entry.getUntil().isAfter(now);
    }

    private static String prefix(String siteId, boolean blocks) {
        return siteId + (blocks ? "|block|" : "|white|");
    }

    private String key(String siteId, boolean blocks, IpRange range) {
        return prefix(siteId, blocks) + names.index().name(siteId, "ip:" + range);
    }
}
