package io.headwater.jobs.lead;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/// Step 1: what asks for a score goes to where the visitor's sessions are.
final class SubmissionRouter
        extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {

    private final LeadScoreMetrics metrics;

    SubmissionRouter(LeadScoreMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        var request = ScoreRequests.of(record.value());
        if (request != null) {
            context().forward(record.withKey(ScoreRequests.routingKey(request)).withValue(request));
            metrics.routed.increment();
        }
    }
}
