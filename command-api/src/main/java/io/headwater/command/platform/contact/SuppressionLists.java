package io.headwater.command.platform.contact;

import io.headwater.events.suppression.ContactsSuppressed;
import io.headwater.events.suppression.ContactsUnsuppressed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Who is on which list, from the events: in memory, some 35 bytes for each of them.
final class SuppressionLists {

    /// What is common to all that came with one event.
    private record Batch(@Nullable String reason, Instant since, @Nullable Instant expiresAt) {

        private boolean holds(Instant now) {
            return expiresAt == null || now.isBefore(expiresAt);
        }
    }

    /// @param siteId or [Suppressions#ANY_SITE]
    record ListKey(String siteId, String list) implements Comparable<ListKey> {

        @Override
        public int compareTo(ListKey other) {
            int bySite = siteId.compareTo(other.siteId);
            return bySite != 0 ? bySite : list.compareTo(other.list);
        }
    }

    /// @param since when it was put there
    record Entry(
            ListKey list, @Nullable String reason, Instant since, @Nullable Instant expiresAt) {}

    /// @param keys by which the names were made
    private record Listed(NameTable names, Set<String> keys) {}

    private final Map<ListKey, Listed> lists = new TreeMap<>();
    private final List<Batch> batches = new ArrayList<>();

    synchronized void apply(SpecificRecord event) {
        switch (event) {
            case ContactsSuppressed added -> {
                var key = key(added.getSiteId(), added.getList());
                var list =
                        lists.computeIfAbsent(
                                key, _ -> new Listed(new NameTable(), new TreeSet<>()));
                list.keys().add(added.getKeyId());
                batches.add(new Batch(added.getReason(), added.getAt(), added.getExpiresAt()));
                added.getNames().forEach(name -> list.names().put(name, batches.size()));
            }
            case ContactsUnsuppressed removed -> {
                var key = key(removed.getSiteId(), removed.getList());
                var list = lists.get(key);
                if (list != null) {
                    removed.getNames().forEach(list.names()::remove);
                    if (removed.getNames().isEmpty() || list.names().size() == 0) {
                        lists.remove(key);
                    }
                }
            }
            default -> {}
        }
    }

    /// Whether all names were made with this key. After a key was lost nobody is found on lists
    /// from before, which must not pass for being on none.
    synchronized boolean areOf(String keyId) {
        return lists.values().stream()
                .allMatch(list -> list.keys().stream().allMatch(keyId::equals));
    }

    /// @return where any of the names is, of the site and of all
    synchronized List<Entry> with(String siteId, Collection<String> names, Instant now) {
        var found = new ArrayList<Entry>();
        lists.forEach((key, list) -> {
            if (key.siteId().equals(siteId) || key.siteId().equals(Suppressions.ANY_SITE)) {
                for (String name : names) {
                    int number = list.names().get(name);
                    if (number != NameTable.NONE && batches.get(number - 1).holds(now)) {
                        var batch = batches.get(number - 1);
                        found.add(new Entry(key, batch.reason(), batch.since(), batch.expiresAt()));
                        break;
                    }
                }
            }
        });
        return found;
    }

    /// @return how many are on each list, those that are over included
    synchronized Map<ListKey, Integer> sizes() {
        var sizes = new TreeMap<ListKey, Integer>();
        lists.forEach((key, list) -> sizes.put(key, list.names().size()));
        return sizes;
    }

    private static ListKey key(@Nullable String siteId, String list) {
        return new ListKey(siteId == null ? Suppressions.ANY_SITE : siteId, list);
    }
}
