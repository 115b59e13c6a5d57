package io.headwater.command.lead;

import io.headwater.life.FactNote;
import io.headwater.state.WaitingFact;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;

/// Facts that name nobody we know yet, until a lead with one of their identities appears; the first
/// takes them. A fact without an identity waits nowhere.
final class WaitingFacts {

    private final KeyValueStore<String, WaitingFact> store;
    private final IdentityIndex identities;
    private final LeadMetrics metrics;

    WaitingFacts(
            KeyValueStore<String, WaitingFact> store,
            IdentityIndex identities,
            LeadMetrics metrics) {
        this.store = store;
        this.identities = identities;
        this.metrics = metrics;
    }

    /// Too many under one identity: the oldest waits no more, anywhere. It stays in the views,
    /// without a lead.
    void add(FactNote note, List<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        store.put(note.id(), new WaitingFact(note.digest(), keys));
        for (String dropped : identities.await(keys, note.id())) {
            remove(dropped);
            metrics.waitingDropped();
        }
    }

    /// Those that wait under any of the keys; they wait no more, under any key.
    List<FactNote> take(List<String> keys) {
        var found =
                identities.waiting(keys).stream()
                        .map(store::get)
                        .filter(Objects::nonNull)
                        .map(waiting -> FactNote.of(waiting.getFact()))
                        .toList();
        found.forEach(note -> remove(note.id()));
        return found;
    }

    private void remove(String factId) {
        var waiting = store.get(factId);
        if (waiting != null) {
            identities.release(waiting.getKeys(), factId);
            store.delete(factId);
        }
    }
}
