package io.headwater.command.access;

import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.schema.SchemaIds;
import io.headwater.state.IpEntryState;

/// The access decider's stores as its events make them, for audits and rebuilds.
public final class AccessHistory {

    private AccessHistory() {}

    /// @param names to find the lines of addresses again, which events do not have in the clear
    public static DeciderHistory<?, ?> of(SchemaIds ids, NamesOfPeople names) {
        return new DeciderHistory<>(
                AccessDecider.of(ids, names),
                scope -> new SiteFold(scope, names),
                (now, _, value) ->
                        value instanceof IpEntryState entry && !IpEntries.liveAt(entry, now));
    }
}
