package io.headwater.command.access;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.axon.Expiries;
import io.headwater.command.platform.directory.IpRange;
import io.headwater.events.Pii;
import io.headwater.schema.PersonalData;
import io.headwater.state.IpEntryState;
import java.time.Instant;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The lines of the block and white lists in their store.
///
/// key = `<site>|<list>|<SHA-256 of the range>`: the address itself only in the value
final class IpEntries {

    private final KeyValueStore<String, IpEntryState> entries;
    private final Expiries expiries;

    IpEntries(KeyValueStore<String, IpEntryState> entries, Expiries expiries) {
        this.entries = entries;
        this.expiries = expiries;
    }

    /// @throws IllegalArgumentException when it is none
    static IpRange range(Pii ip) {
        return IpRange.parse(PersonalData.opened(ip));
    }

    /// @return null when there is none that counts
    @Nullable IpEntryState live(String siteId, boolean blocks, IpRange range, Instant now) {
        var entry = entries.get(key(siteId, blocks, range));
        return entry != null && liveAt(entry, now) ? entry : null;
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
        String key = key(siteId, blocks, range(ip));
        entries.put(key, new IpEntryState(entryId, ip, usage, until));
        if (until != null) {
            expiries.at(until, IpLists.STORE, key);
        }
    }

    /// Whichever list has the line.
    void remove(String siteId, Pii ip, String entryId) {
        for (boolean blocks : new boolean[] {true, false}) {
            String key = key(siteId, blocks, range(ip));
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

    private static String key(String siteId, boolean blocks, IpRange range) {
        return prefix(siteId, blocks) + Sha256.hex(range.toString());
    }
}
