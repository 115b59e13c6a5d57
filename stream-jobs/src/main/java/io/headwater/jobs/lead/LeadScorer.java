package io.headwater.jobs.lead;

import static java.util.Objects.requireNonNull;

import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.ScoreRequested;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.state.NetworkHistory;
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

/// Step 2: one record per visitor and one per fingerprint; one [VisitorFold] step per submission,
/// session row or session start.
final class LeadScorer extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {

    private static final Duration SWEEP_EVERY = Duration.ofDays(1);

    private final VisitorFold fold;
    private final Duration forgetAfter;
    private final LeadScoreMetrics metrics;
    private final Addresses addresses;
    private @Nullable KeyValueStore<String, VisitorScores> visitors;
    private @Nullable KeyValueStore<String, NetworkHistory> networks;

    LeadScorer(LeadScoreSettings settings, LeadScoreMetrics metrics, Addresses addresses) {
        this.fold = new VisitorFold(settings.followFor(), this::network);
        this.forgetAfter = settings.forgetAfter();
        this.metrics = metrics;
        this.addresses = addresses;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        visitors = context.getStateStore(LeadScoreTopology.VISITORS);
        networks = context.getStateStore(LeadScoreTopology.NETWORKS);
        context.schedule(SWEEP_EVERY, PunctuationType.STREAM_TIME, this::forgetIdle);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        metrics.read.increment();
        var at = Instant.ofEpochMilli(record.timestamp());
        boolean applied =
                switch (record.value()) {
                    case SessionRow row -> onSession(row, at);
                    case SessionStarted started -> onStart(started, at);
                    case ScoreRequested request -> onSubmission(request, at);
                    // a session that is gone, or a record of another kind
                    case null, default -> false;
                };
        (applied ? metrics.applied : metrics.skipped).increment();
    }

    private boolean onSubmission(ScoreRequested request, Instant at) {
        String visitor = request.getVisitorId();
        var before = visitor == null ? null : visitors().get(visitor);
        var step = fold.onSubmission(before, request, at);
        if (visitor != null) {
            visitors().put(visitor, step.state());
        }
        step.commands().forEach(command -> send(command, at));
        metrics.scored.increment();
        return true;
    }

    /// A row without a visitor belongs to no lead.
    private boolean onSession(SessionRow row, Instant at) {
        String visitor = row.getVisitorId();
        if (visitor == null) {
            return false;
        }
        var before = visitors().get(visitor);
        return take(visitor, before, fold.onSession(before, row, at), at);
    }

    private boolean onStart(SessionStarted started, Instant at) {
        String fingerprint = started.getFingerprintId();
        var before = networks().get(fingerprint);
        var after = NetworkScore.with(before, started, addresses);
        if (after == before) {
            return false;
        }
        networks().put(fingerprint, after);
        var known = visitors().get(started.getVisitorId());
        if (known != null) {
            var position = context().recordMetadata().orElseThrow();
            String cause = "t" + position.partition() + "-" + position.offset();
            take(started.getVisitorId(), known, fold.again(known, at, cause), at);
        }
        return true;
    }

    private boolean take(
            String visitor, @Nullable VisitorScores before, VisitorFold.Step step, Instant at) {
        if (step.state() == before) {
            return false;
        }
        visitors().put(visitor, step.state());
        step.commands().forEach(command -> send(command, at));
        metrics.rescored.increment(step.commands().size());
        return true;
    }

    private void send(ScoreLead command, Instant at) {
        context().forward(new Record<>(command.getSiteId(), command, at.toEpochMilli()));
    }

    private @Nullable NetworkHistory network(String fingerprint) {
        return networks().get(fingerprint);
    }

    private void forgetIdle(long streamTime) {
        var oldest = Instant.ofEpochMilli(streamTime).minus(forgetAfter);
        try (var all = visitors().all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (entry.value.getTouchedAt().isBefore(oldest)) {
                    visitors().delete(entry.key);
                    metrics.visitorsForgotten.increment();
                }
            }
        }
        try (var all = networks().all()) {
            while (all.hasNext()) {
                var entry = all.next();
                if (NetworkScore.newest(entry.value).isBefore(oldest)) {
                    networks().delete(entry.key);
                }
            }
        }
    }

    private KeyValueStore<String, VisitorScores> visitors() {
        return requireNonNull(visitors);
    }

    private KeyValueStore<String, NetworkHistory> networks() {
        return requireNonNull(networks);
    }
}
