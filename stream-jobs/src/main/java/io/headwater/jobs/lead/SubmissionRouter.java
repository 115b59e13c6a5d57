package io.headwater.jobs.lead;

import static java.util.Objects.requireNonNull;

import io.headwater.events.lead.Submission;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Step 1: counts what was submitted, and sends what asks for a score to where the visitor's
/// sessions are.
final class SubmissionRouter
        extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {

    private static final Duration SWEEP_EVERY = Duration.ofHours(6);

    private final LeadScoreMetrics metrics;
    private final Addresses addresses;
    private @Nullable SubmissionCounts counts;

    SubmissionRouter(LeadScoreMetrics metrics, Addresses addresses) {
        this.metrics = metrics;
        this.addresses = addresses;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        var known =
                new SubmissionCounts(
                        context.getStateStore(LeadScoreTopology.SUBMISSIONS), addresses);
        counts = known;
        context.schedule(
                SWEEP_EVERY,
                PunctuationType.STREAM_TIME,
                now ->
                        known.forgetBefore(
                                Instant.ofEpochMilli(now).minus(SubmissionCounts.WINDOW)));
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        metrics.read.increment();
        Submission submission = ScoreRequests.counted(record.value());
        if (submission == null) {
            metrics.skipped.increment();
            return;
        }
        int recent = requireNonNull(counts).with(submission);
        var request = ScoreRequests.of(record.value(), recent);
        if (request != null) {
            context().forward(record.withKey(ScoreRequests.routingKey(request)).withValue(request));
            metrics.routed.increment();
        }
        metrics.applied.increment();
    }
}
