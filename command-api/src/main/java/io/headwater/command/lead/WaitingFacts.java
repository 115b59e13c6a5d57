package io.headwater.command.lead;

import io.headwater.life.FactNote;
import io.headwater.state.WaitingFact;
import io.headwater.state.WaitingUnder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;

/// Facts that name nobody we know yet, until a lead with one of their identities appears; the first
/// takes them. A fact without an identity waits nowhere.
final class WaitingFacts {

    /// A shared telephone of a call centre must not grow without end.
    static final int MOST_UNDER_ONE = 100;

    private final KeyValueStore<String, WaitingFact> facts;

    /// From identity to the ids of facts. By itself, and not with what identities name: few facts
    /// wait, so that it is small, and every new lead looks here.
    private final KeyValueStore<String, WaitingUnder> under;

    private final LeadMetrics metrics;

    WaitingFacts(
            KeyValueStore<String, WaitingFact> facts,
            KeyValueStore<String, WaitingUnder> under,
            LeadMetrics metrics) {
        this.facts = facts;
        this.under = under;
        this.metrics = metrics;
    }

    /// Too many under one identity: the oldest waits no more, anywhere. It stays in the views,
    /// without a lead.
    void add(FactNote note, List<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        facts.put(note.id(), new WaitingFact(note.digest(), keys));
        var tooMany = new LinkedHashSet<String>();
        for (String key : keys) {
            var ids = new ArrayList<>(under(key));
            ids.add(note.id());
            tooMany.addAll(ids.subList(0, Math.max(0, ids.size() - MOST_UNDER_ONE)));
            under.put(key, new WaitingUnder(ids));
        }
        for (String dropped : tooMany) {
            remove(dropped);
            metrics.waitingDropped();
        }
    }

    /// Those that wait under any of the keys, the longest waiting first; they wait no more, under
    /// any key.
    List<FactNote> take(List<String> keys) {
        var ids = new LinkedHashSet<String>();
        keys.forEach(key -> ids.addAll(under(key)));
        var found =
                ids.stream()
                        .map(facts::get)
                        .filter(Objects::nonNull)
                        .map(waiting -> FactNote.of(waiting.getFact()))
                        .toList();
        found.forEach(note -> remove(note.id()));
        return found;
    }

    private List<String> under(String key) {
        var known = under.get(key);
        return known == null ? List.of() : known.getFacts();
    }

    /// It waits no more, under any key.
    void remove(String factId) {
        var waiting = facts.get(factId);
        if (waiting == null) {
            return;
        }
        for (String key : waiting.getKeys()) {
            var left = under(key).stream().filter(id -> !id.equals(factId)).toList();
            if (left.isEmpty()) {
                under.delete(key);
            } else {
                under.put(key, new WaitingUnder(left));
            }
        }
        facts.delete(factId);
    }
}
