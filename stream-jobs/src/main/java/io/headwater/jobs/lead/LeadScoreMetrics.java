package io.headwater.jobs.lead;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `lead.request.routed = lead.request.scored` once caught up: every submission of a lead is
/// scored.
///
/// Attempts are counted; a transaction that is aborted and repeated counts twice.
final class LeadScoreMetrics {

    final Counter routed;
    final Counter scored;
    final Counter rescored;
    final Counter sessionsRead;
    final Counter visitorsForgotten;

    LeadScoreMetrics(MeterRegistry registry) {
        routed = registry.counter("lead.request.routed");
        scored = registry.counter("lead.request.scored");
        rescored = registry.counter("lead.score.changed");
        sessionsRead = registry.counter("session.row.read");
        visitorsForgotten = registry.counter("lead.visitor.forgotten");
    }
}
