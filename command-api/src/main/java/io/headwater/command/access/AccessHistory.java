package io.headwater.command.access;

import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.schema.SchemaIds;
import io.headwater.state.IpEntryState;

/// The access decider's stores as its events make them, for audits and rebuilds.
public final class AccessHistory {

    private AccessHistory() {}

    public static DeciderHistory<?, ?> of(SchemaIds ids) {
        return new DeciderHistory<>(
                AccessDecider.of(ids),
                SiteFold::new,
                (now, _, value) ->
                        value instanceof IpEntryState entry && !IpEntries.liveAt(entry, now));
    }
}
