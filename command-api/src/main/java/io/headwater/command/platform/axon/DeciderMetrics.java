package io.headwater.command.platform.axon;

import io.micrometer.core.instrument.MeterRegistry;

/// `read = decided + repeated + dead-lettered`, counted when processed: what an aborted transaction
/// made the decider do twice counts twice.
public final class DeciderMetrics {

    private final MeterRegistry registry;
    private final String decider;

    public DeciderMetrics(MeterRegistry registry, String decider) {
        this.registry = registry;
        this.decider = decider;
    }

    void decided(String outcome) {
        registry.counter("decider.commands.decided", "decider", decider, "outcome", outcome)
                .increment();
    }

    void repeated() {
        registry.counter("decider.commands.repeated", "decider", decider).increment();
    }

    void deadLettered(String cause) {
        registry.counter("decider.commands.dead-lettered", "decider", decider, "cause", cause)
                .increment();
    }
}
