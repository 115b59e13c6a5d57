package io.headwater.command.lead;

import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.command.platform.vault.NamesOfPeople;
import io.headwater.schema.SchemaIds;
import io.headwater.state.DeliveryState;
import io.headwater.state.LeadState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/// The lead decider's stores as its events make them, for audits and rebuilds.
public final class LeadHistory {

    private LeadHistory() {}

    /// @param reengageAfter as the decider has it: it bounds how long equal bodies are duplicates
    /// @param people to find their names again, which events do not have
    public static DeciderHistory<?, ?> of(
            SchemaIds ids, Duration reengageAfter, NamesOfPeople people) {
        return typed(ids, reengageAfter, people);
    }

    static DeciderHistory<Lead, LeadState> typed(
            SchemaIds ids, Duration reengageAfter, NamesOfPeople people) {
        return new DeciderHistory<>(
                LeadDecider.of(
                        ids,
                        reengageAfter,
                        new LeadMetrics(new SimpleMeterRegistry()),
                        people,
                        Suppressions.NONE),
                scope -> new LeadFold(scope, reengageAfter, people),
                (now, _, value) ->
                        value instanceof DeliveryState delivery
                                && Deliveries.expired(delivery, now));
    }
}
