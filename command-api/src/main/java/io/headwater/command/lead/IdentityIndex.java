package io.headwater.command.lead;

import io.headwater.state.IdentityState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// From identity to lead.
final class IdentityIndex {

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

    /// Nothing names these leads any more. Looks at every name of the partition, for none can be
    /// made again without the person's data; people are forgotten seldom.
    void forget(Set<String> leadIds) {
        var names = new ArrayList<String>();
        try (var all = store.all()) {
            while (all.hasNext()) {
                var one = all.next();
                if (leadIds.contains(one.value.getLeadId())) {
                    names.add(one.key);
                }
            }
        }
        names.forEach(store::delete);
    }

    /// @param replace whoever it names; then there is no need to look
    private void keep(@Nullable String key, String leadId, boolean replace) {
        if (key != null && (replace || store.get(key) == null)) {
            store.put(key, new IdentityState(leadId));
        }
    }
}
