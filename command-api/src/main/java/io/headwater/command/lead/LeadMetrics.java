package io.headwater.command.lead;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// What the rules of leads count besides the decisions, when processed: what an aborted transaction
/// made the decider do twice counts twice.
final class LeadMetrics {

    private final Counter waitingDropped;

    LeadMetrics(MeterRegistry registry) {
        waitingDropped = registry.counter("lead.facts.waiting-dropped");
    }

    /// Too many facts waited under one identity; the oldest will never find its lead.
    void waitingDropped() {
        waitingDropped.increment();
    }
}
