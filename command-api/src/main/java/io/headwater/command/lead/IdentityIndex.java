package io.headwater.command.lead;

import io.headwater.state.IdentityState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// From identity to lead, and from identity to the facts that wait for a lead.
final class IdentityIndex {

    /// A shared telephone of a call centre must not grow without end.
    static final int MOST_WAITING = 100;

    private final RecentReads<IdentityState> store;

    IdentityIndex(KeyValueStore<String, IdentityState> store) {
        this.store = new RecentReads<>(store);
    }

    @Nullable String leadOf(@Nullable String key) {
        var known = key == null ? null : store.get(key);
        return known == null ? null : known.getLeadId();
    }

    /// @return the lead that any of the keys names, the first one first
    @Nullable String firstLeadOf(List<String> keys) {
        for (String key : keys) {
            String leadId = leadOf(key);
            if (leadId != null) {
                return leadId;
            }
        }
        return null;
    }

    /// Facts that wait under any of the keys, the longest waiting first.
    LinkedHashSet<String> waiting(List<String> keys) {
        var facts = new LinkedHashSet<String>();
        for (String key : keys) {
            var known = store.get(key);
            if (known != null) {
                facts.addAll(known.getWaiting());
            }
        }
        return facts;
    }

    /// @return the facts that waited longest under a key where more than [#MOST_WAITING] would wait
    Set<String> await(List<String> keys, String factId) {
        var tooMany = new LinkedHashSet<String>();
        for (String key : keys) {
            var known = store.get(key);
            var waiting = new ArrayList<String>();
            if (known != null) {
                waiting.addAll(known.getWaiting());
            }
            waiting.add(factId);
            tooMany.addAll(waiting.subList(0, Math.max(0, waiting.size() - MOST_WAITING)));
            store.put(key, new IdentityState(known == null ? null : known.getLeadId(), waiting));
        }
        return tooMany;
    }

    /// The fact waits no more.
    void release(List<String> keys, String factId) {
        for (String key : keys) {
            var known = store.get(key);
            if (known == null || !known.getWaiting().contains(factId)) {
                continue;
            }
            var waiting = new ArrayList<>(known.getWaiting());
            waiting.remove(factId);
            if (waiting.isEmpty() && known.getLeadId() == null) {
                store.delete(key);
            } else {
                store.put(key, new IdentityState(known.getLeadId(), waiting));
            }
        }
    }

    /// E-mail and phone stay with the lead that had them first; visitor and address, which people
    /// share, go to the newest lead, and so does what facts look for.
    ///
    /// @param created whether the lead is new: an old one does not become the newest by a
    ///   submission
    void learn(Identities identities, String leadId, boolean created) {
        keep(identities.email(), leadId, false);
        keep(identities.phone(), leadId, false);
        keep(identities.visitor(), leadId, created);
        keep(identities.address(), leadId, created);
        for (String key : identities.anywhere()) {
            keep(key, leadId, created);
        }
    }

    /// What names the lead from now on, unless it names another already.
    void know(List<String> keys, String leadId) {
        keys.forEach(key -> keep(key, leadId, false));
    }

    private void keep(@Nullable String key, String leadId, boolean replace) {
        if (key == null) {
            return;
        }
        var known = store.get(key);
        String holder = known == null ? null : known.getLeadId();
        if (holder != null && (!replace || holder.equals(leadId))) {
            return;
        }
        store.put(key, new IdentityState(leadId, known == null ? List.of() : known.getWaiting()));
    }
}
