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
        var submitted = Submitted.of(record.value());
        if (submitted != null) {
            context().forward(record.withKey(submitted.routingKey()));
            metrics.routed.increment();
        }
    }
}
