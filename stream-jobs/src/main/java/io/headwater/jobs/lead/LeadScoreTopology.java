package io.headwater.jobs.lead;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.headwater.state.VisitorScores;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/// Scores every captured or resubmitted lead by a session of its visitor, and again when that
/// session changes.
///
///     lead.events.v1 ─► route ─► lead.score-requests.v1 (partition = slot of the visitor)
///                                        │
///     view.sessions.g1 ──────────────────┴─► score ─► lead.commands.v1, ScoreLead, key = site id
///     (partition = slot of the session = slot of its visitor)
///
/// A request is ids and times: what the person wrote stays on `lead.events.v1`. A lead without a
/// visitor, or whose visitor has no session yet, is answered at once: score 0, Cold, no session. When
/// two visitors follow one lead, the decider keeps to the newer submission. late: a session row that arrives after the lead scores it again, for
/// `follow-for` of stream time after the submission; later rows no longer do. Sessions whose id was
/// made elsewhere are in a slot of their own and score nobody (ADR 0006).
///
/// Command ids are made of lead, submission, session, score and the position of the tracking record
/// behind it: the same decision made twice is one command.
public final class LeadScoreTopology {

    static final String VISITORS = "lead-score-visitors";

    private static final String EVENTS_SOURCE = "lead-events";
    private static final String ROUTE = "route-submission";
    private static final String REQUESTS_SINK = "score-requests-out";
    private static final String REQUESTS_SOURCE = "score-requests-in";
    private static final String SESSIONS_SOURCE = "sessions";
    private static final String SCORE = "score-lead";
    private static final String COMMANDS_SINK = "lead-commands";

    private LeadScoreTopology() {}

    public static Topology build(
            LeadScoreSettings settings, SchemaIds schemaIds, MeterRegistry registry) {
        var key = Serdes.String();
        var value = new AvroSerde<SpecificRecord>(schemaIds);
        var metrics = new LeadScoreMetrics(registry);
        var visitors =
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(VISITORS),
                                key,
                                new AvroSerde<VisitorScores>(schemaIds))
                        .withCachingEnabled()
                        .withLoggingEnabled(Map.of());
        var keyIn = new StringDeserializer();
        var keyOut = new StringSerializer();
        return new Topology()
                .addSource(EVENTS_SOURCE, keyIn, value, Topics.LEAD_EVENTS.name())
                .addProcessor(ROUTE, () -> new SubmissionRouter(metrics), EVENTS_SOURCE)
                .addSink(
                        REQUESTS_SINK,
                        Topics.SCORE_REQUESTS.name(),
                        keyOut,
                        value,
                        LeadScoreTopology::partitionOfVisitor,
                        ROUTE)
                .addSource(REQUESTS_SOURCE, keyIn, value, Topics.SCORE_REQUESTS.name())
                .addSource(SESSIONS_SOURCE, keyIn, value, settings.sessionsTopic())
                .addProcessor(
                        SCORE,
                        () -> new LeadScorer(settings, metrics),
                        REQUESTS_SOURCE,
                        SESSIONS_SOURCE)
                .addStateStore(visitors, SCORE)
                .addSink(COMMANDS_SINK, Topics.LEAD_COMMANDS.name(), keyOut, value, SCORE);
    }

    /// Requests and session rows of a visitor meet only while both topics have the same number of
    /// partitions; the catalogue makes them so.
    private static Optional<Set<Integer>> partitionOfVisitor(
            String topic, String routingKey, SpecificRecord value, int partitions) {
        return Optional.of(Set.of(Slots.partition(Slots.slotOfVisitor(routingKey), partitions)));
    }
}
