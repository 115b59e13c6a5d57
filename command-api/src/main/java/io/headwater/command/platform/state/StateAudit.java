package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.DeciderSpec;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Proves that the stores of a decider are what its events say: folds the events from their start
/// with the decider's own code, and compares every entry of every store with the changelog.
///
/// All goes on while it reads. An entry must be equal once, after both were read to their ends;
/// what differs is read again until nothing moves any more or the limit is reached.
public final class StateAudit<E, S extends SpecificRecord> {

    private final DeciderHistory<E, S> history;
    private final EventSource source;
    private final @Nullable String key;

    /// @param source of the events
    /// @param key only what was decided under this record key, as far as entries tell; null: all
    public StateAudit(DeciderHistory<E, S> history, EventSource source, @Nullable String key) {
        this.history = history;
        this.source = source;
        this.key = key;
    }

    /// @param folded entries that the events make
    /// @param stored entries of the store
    public record Count(int folded, int stored) {

        Count plus(Count other) {
            return new Count(folded + other.folded, stored + other.stored);
        }
    }

    /// @param events that were folded
    /// @param stores what was compared, by store
    /// @param differences what is wrong, by store and key: names of fields, never their values
    public record Report(
            long events, SortedMap<String, Count> stores, SortedMap<String, String> differences) {

        public boolean holds() {
            return differences.isEmpty();
        }
    }

    /// @param limit how long entries that change meanwhile are read again
    /// @throws StateException when events are gone, or there is no topic of events
    public Report run(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        DeciderSpec spec = history.decider().spec();
        long events = 0;
        var stores = new TreeMap<String, Count>();
        var differences = new TreeMap<String, String>();
        try (var cluster = new StateCluster(source.brokers(), spec)) {
            var changelogs = cluster.changelogs();
            var log = new EventLog(spec, source, cluster.admin());
            for (var partition : log.ranges().keySet()) {
                try (var audit =
                        new PartitionAudit<>(
                                history, source.brokers(), log, changelogs, partition, key)) {
                    differences.putAll(audit.run(end));
                    events += audit.events();
                    for (Map.Entry<String, Count> one : audit.counts().entrySet()) {
                        stores.merge(one.getKey(), one.getValue(), Count::plus);
                    }
                }
            }
        }
        return new Report(events, stores, differences);
    }
}
