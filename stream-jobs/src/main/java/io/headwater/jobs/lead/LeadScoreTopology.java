package io.headwater.jobs.lead;

import io.headwater.events.tracking.SessionStarted;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.OnlyTypes;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Slots;
import io.headwater.schema.Topics;
import io.headwater.state.NetworkHistory;
import io.headwater.state.RecentSubmissions;
import io.headwater.state.VisitorScores;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Scores every lead at each submission by a session of its visitor and by what is suspicious about
/// both, and again when that changes.
///
///     lead.events.v1 ─► route: count ─► lead.score-requests.v1 (partition = slot of the visitor)
///                                               │
///     view.sessions.g1 ─────────────────────────┤
///     tracking.events.v1, starts of sessions ───┴─► score ─► lead.commands.v1, ScoreLead, key = site id
///     (partition = slot of the session = slot of its visitor)
///
/// A request is ids, times and figures: what the person wrote stays on `lead.events.v1`. A lead
/// without a visitor, or whose visitor has no session yet, is answered at once: score 0, Cold, no
/// session. When two visitors follow one lead, the decider keeps to the newer submission. late: a
/// session row that arrives after the lead scores it again, for `follow-for` of stream time after
/// the submission; later rows no longer do. Sessions whose id was made elsewhere are in a slot of
/// their own and score nobody (ADR 0006); a fingerprint with several visitor ids has its network
/// judged for each slot apart. The formulas: docs/scores.md.
///
/// What nobody can decode or use goes to `lead.score.v1.dlt` and is counted, so that one broken record
/// stops nothing. Command ids are made of lead, submission, session, scores and the position of the
/// tracking record behind it: the same decision made twice is one command.
public final class LeadScoreTopology {

    static final String VISITORS = "lead-score-visitors";
    static final String NETWORKS = "lead-score-networks";
    static final String SUBMISSIONS = "lead-score-submissions";

    private static final String EVENTS_SOURCE = "lead-events";
    private static final String ROUTE = "route-submission";
    private static final String REQUESTS_SINK = "score-requests-out";
    private static final String REQUESTS_SOURCE = "score-requests-in";
    private static final String SESSIONS_SOURCE = "sessions";
    private static final String STARTS_SOURCE = "session-starts";
    private static final String SCORE = "score-lead";
    private static final String COMMANDS_SINK = "lead-commands";

    private LeadScoreTopology() {}

    static Topology build(
            LeadScoreSettings settings,
            SchemaIds schemaIds,
            LeadScoreMetrics metrics,
            Addresses addresses) {
        var value = new AvroSerde<SpecificRecord>(schemaIds);
        var keyIn = new StringDeserializer();
        var keyOut = new StringSerializer();
        return new Topology()
                .addSource(EVENTS_SOURCE, keyIn, value, Topics.LEAD_EVENTS.name())
                .addProcessor(ROUTE, () -> new SubmissionRouter(metrics, addresses), EVENTS_SOURCE)
                .addStateStore(
                        store(SUBMISSIONS, new AvroSerde<RecentSubmissions>(schemaIds)), ROUTE)
                .addSink(
                        REQUESTS_SINK,
                        Topics.SCORE_REQUESTS.name(),
                        keyOut,
                        value,
                        LeadScoreTopology::partitionOfVisitor,
                        ROUTE)
                .addSource(REQUESTS_SOURCE, keyIn, value, Topics.SCORE_REQUESTS.name())
                .addSource(SESSIONS_SOURCE, keyIn, value, settings.sessionsTopic())
                .addSource(
                        STARTS_SOURCE,
                        keyIn,
                        new OnlyTypes(SessionStarted.class.getName()::equals, schemaIds),
                        Topics.TRACKING_EVENTS.name())
                .addProcessor(
                        SCORE,
                        () -> new LeadScorer(settings, metrics, addresses),
                        REQUESTS_SOURCE,
                        SESSIONS_SOURCE,
                        STARTS_SOURCE)
                .addStateStore(store(VISITORS, new AvroSerde<VisitorScores>(schemaIds)), SCORE)
                .addStateStore(store(NETWORKS, new AvroSerde<NetworkHistory>(schemaIds)), SCORE)
                .addSink(COMMANDS_SINK, Topics.LEAD_COMMANDS.name(), keyOut, value, SCORE);
    }

    private static <V extends SpecificRecord> StoreBuilder<KeyValueStore<String, V>> store(
            String name, AvroSerde<V> serde) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), serde)
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }

    /// Requests and session rows of a visitor meet only while both topics have the same number of
    /// partitions; the catalogue makes them so.
    private static Optional<Set<Integer>> partitionOfVisitor(
            String topic, String routingKey, SpecificRecord value, int partitions) {
        return Optional.of(Set.of(Slots.partition(Slots.slotOfVisitor(routingKey), partitions)));
    }
}
