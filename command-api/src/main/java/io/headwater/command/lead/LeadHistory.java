package io.headwater.command.lead;

import io.headwater.command.platform.state.DeciderHistory;
import io.headwater.schema.SchemaIds;
import io.headwater.state.DeliveryState;
import io.headwater.state.LeadState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;

/// The lead decider's stores as its events make them, for audits and rebuilds.
public final class LeadHistory {

    private LeadHistory() {}

    /// @param reengageAfter as the decider has it: it bounds how long equal bodies are duplicates
    public static DeciderHistory<?, ?> of(SchemaIds ids, Duration reengageAfter) {
        return typed(ids, reengageAfter);
    }

    static DeciderHistory<Lead, LeadState> typed(SchemaIds ids, Duration reengageAfter) {
        return new DeciderHistory<>(
                LeadDecider.of(ids, reengageAfter, new LeadMetrics(new SimpleMeterRegistry())),
                scope -> new LeadFold(scope, reengageAfter),
                (now, _, value) ->
                        value instanceof DeliveryState delivery
                                && Deliveries.expired(delivery, now));
    }
}
