package io.headwater.jobs.lead;

import static java.util.Objects.requireNonNull;

import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.ScoreRequested;
import io.headwater.state.VisitorScores;
import io.headwater.views.SessionRow;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// Step 2: one record per visitor, one [VisitorFold] step per submission or session row.
final class LeadScorer extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {

    private static final Duration SWEEP_EVERY = Duration.ofDays(1);

    private final VisitorFold fold;
    private final Duration forgetAfter;
    private final LeadScoreMetrics metrics;
    private @Nullable KeyValueStore<String, VisitorScores> visitors;

    LeadScorer(LeadScoreSettings settings, LeadScoreMetrics metrics) {
        this.fold = new VisitorFold(settings.followFor());
        this.forgetAfter = settings.forgetAfter();
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        visitors = context.getStateStore(LeadScoreTopology.VISITORS);
        context.schedule(SWEEP_EVERY, PunctuationType.STREAM_TIME, this::forgetIdle);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        var at = Instant.ofEpochMilli(record.timestamp());
        switch (record.value()) {
            case SessionRow row -> onSession(row, at);
            case ScoreRequested request -> onSubmission(request, at);
            case null, default -> {
                // a session that is gone
            }
        }
    }

    private void onSubmission(ScoreRequested request, Instant at) {
        String visitor = request.getVisitorId();
        var before = visitor == null ? null : store().get(visitor);
        var step = fold.onSubmission(before, request, at);
        if (visitor != null) {
            store().put(visitor, step.state());
        }
        step.commands().forEach(command -> send(command, at));
        metrics.scored.increment();
    }

    /// A row without a visitor belongs to no lead.
    private void onSession(SessionRow row, Instant at) {
        metrics.sessionsRead.increment();
        String visitor = row.getVisitorId();
        if (visitor == null) {
            return;
        }
        var before = store().get(visitor);
        var step = fold.onSession(before, row, at);
        if (step.state() != before) {
            store().put(visitor, step.state());
        }
        step.commands().forEach(command -> send(command, at));
        metrics.rescored.increment(step.commands().size());
    }

    private void send(ScoreLead command, Instant at) {
        context().forward(new Record<>(command.getSiteId(), command, at.toEpochMilli()));
    }

    private void forgetIdle(long streamTime) {
        var oldest = Instant.ofEpochMilli(streamTime).minus(forgetAfter);
        try (var all = store().all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (entry.value.getTouchedAt().isBefore(oldest)) {
                    store().delete(entry.key);
                    metrics.visitorsForgotten.increment();
                }
            }
        }
    }

    private KeyValueStore<String, VisitorScores> store() {
        return requireNonNull(visitors);
    }
}
