package io.headwater.jobs.lead;

import io.headwater.streams.DeadLetters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// `lead.score.read = lead.score.applied + lead.score.parked + lead.score.skipped`: skipped are
/// records of no concern, parked those that nobody can decode or use. `lead.request.routed =
/// lead.request.scored` once caught up: every submission of a lead is scored.
///
/// Attempts are counted; a transaction that is aborted and repeated counts twice.
final class LeadScoreMetrics {

    final Counter read;
    final Counter applied;
    final Counter parked;
    final Counter skipped;
    final Counter routed;
    final Counter scored;
    final Counter rescored;
    final Counter visitorsForgotten;

    LeadScoreMetrics(MeterRegistry registry) {
        read = registry.counter("lead.score.read");
        applied = registry.counter("lead.score.applied");
        parked = registry.counter("lead.score.parked");
        skipped = registry.counter("lead.score.skipped");
        routed = registry.counter("lead.request.routed");
        scored = registry.counter("lead.request.scored");
        rescored = registry.counter("lead.score.changed");
        visitorsForgotten = registry.counter("lead.visitor.forgotten");
    }

    /// What cannot be decoded reaches no processor that would count it as read.
    void parked(String stage) {
        if (stage.equals(DeadLetters.DECODE)) {
            read.increment();
        }
        parked.increment();
    }
}
