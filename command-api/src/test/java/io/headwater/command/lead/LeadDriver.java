package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.TestVaultKeys;
import io.headwater.command.platform.axon.DeciderMetrics;
import io.headwater.command.platform.contact.Suppressions;
import io.headwater.command.platform.state.FoldCheck;
import io.headwater.events.Stage;
import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.ProviderFact;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.Submission;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.state.LeadState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/// The lead decider without a broker.
final class LeadDriver implements AutoCloseable {

    /// What one command led to.
    record Outcome(CommandResult result, List<SpecificRecord> events, List<String> eventKeys) {

        <T> T only(Class<T> type) {
            assertThat(events).as("%s", result).singleElement().isInstanceOf(type);
            return type.cast(events.getFirst());
        }

        /// Of several events the one of this type.
        <T> T one(Class<T> type) {
            var ofType = events.stream().filter(type::isInstance).map(type::cast).toList();
            assertThat(ofType).as("%s", events).hasSize(1);
            return ofType.getFirst();
        }
    }

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AvroSerde<SpecificRecord> serde;
    private final Topology topology;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> commands;
    private final TestOutputTopic<String, SpecificRecord> events;
    private final TestOutputTopic<String, SpecificRecord> results;
    private final TestOutputTopic<String, byte[]> deadLetters;

    private final FoldCheck<Lead, LeadState> history;
    private Instant latest = Instant.EPOCH;

    LeadDriver(Path stateDir) {
        this(stateDir, Suppressions.NONE);
    }

    LeadDriver(Path stateDir, Suppressions suppressions) {
        var ids = SchemaIds.inMemory();
        history =
                new FoldCheck<>(
                        LeadHistory.typed(ids, Duration.ofHours(24), TestVaultKeys.names()));
        serde = new AvroSerde<>(ids);
        topology =
                LeadDecider.of(
                                ids,
                                Duration.ofHours(24),
                                new LeadMetrics(meters),
                                TestVaultKeys.names(),
                                suppressions)
                        .topology(new DeciderMetrics(new SimpleMeterRegistry(), "lead"));
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "lead-test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(topology, settings, NOON);
        commands =
                driver.createInputTopic(
                        Topics.LEAD_COMMANDS.name(),
                        new StringSerializer(),
                        new ByteArraySerializer());
        events =
                driver.createOutputTopic(
                        Topics.LEAD_EVENTS.name(), new StringDeserializer(), serde);
        results =
                driver.createOutputTopic(
                        Topics.COMMAND_RESULTS.name(), new StringDeserializer(), serde);
        deadLetters =
                driver.createOutputTopic(
                        Topics.LEAD_DEAD_LETTERS.name(),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
    }

    Outcome capture(Submission submission) {
        return capture(submission, NOON);
    }

    Outcome capture(Submission submission, Instant at) {
        return decide(new CaptureLead(submission.getSubmissionId(), submission, List.of()), at);
    }

    Outcome capture(Submission submission, List<Stage> pipeline) {
        return decide(new CaptureLead(submission.getSubmissionId(), submission, pipeline), NOON);
    }

    Outcome record(ProviderFact fact, List<Stage> pipeline) {
        return decide(new RecordFact(UUID.randomUUID().toString(), fact, pipeline), NOON);
    }

    /// A minute after noon, without an action yet.
    static ChangeLead.Builder change(String leadId) {
        return ChangeLead.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setSiteId(SITE)
                .setLeadId(leadId)
                .setActor("user:zoe")
                .setRequestedAt(NOON.plusSeconds(60));
    }

    Outcome change(ChangeLead command) {
        return decide(command, NOON);
    }

    /// As it is in the store.
    Lead lead(String leadId) {
        var stored = driver.<String, LeadState>getKeyValueStore("lead-entities-v4").get(leadId);
        return new LeadStateForm().restore(stored).entity();
    }

    int waitingDropped() {
        return (int) meters.counter("lead.facts.waiting-dropped").count();
    }

    Outcome record(ProviderFact fact) {
        return decide(new RecordFact(UUID.randomUUID().toString(), fact, List.of()), NOON);
    }

    Outcome score(String leadId, int score) {
        return score(leadId, score, NOON);
    }

    Outcome score(String leadId, int score, Instant at) {
        return score(leadId, null, score, NOON, at);
    }

    Outcome visit(String leadId, @Nullable String sessionId, int score, Instant submittedAt) {
        return score(leadId, sessionId, score, submittedAt, NOON);
    }

    private Outcome score(
            String leadId, @Nullable String sessionId, int score, Instant submittedAt, Instant at) {
        return decide(
                ScoreLead.newBuilder()
                        .setCommandId(UUID.randomUUID().toString())
                        .setSiteId(SITE)
                        .setLeadId(leadId)
                        .setSessionId(sessionId)
                        .setEngagementScore(score)
                        .setEngagementLabel("Hot")
                        .setSubmittedAt(submittedAt)
                        .setRequestedAt(NOON)
                        .build(),
                at);
    }

    Outcome decide(SpecificRecord command, Instant at) {
        commands.pipeInput(SITE, bytes(command), at);
        latest = at.isAfter(latest) ? at : latest;
        var decided = events.readRecordsToList();
        history.add(decided);
        var answers = results.readRecordsToList();
        assertThat(answers).hasSize(1);
        var result = (CommandResult) answers.getFirst().value();
        assertThat(answers.getFirst().key()).isEqualTo(result.getCommandId());
        return new Outcome(
                result,
                decided.stream().map(TestRecord::value).toList(),
                decided.stream().map(TestRecord::key).toList());
    }

    /// As the decider remembers it.
    CommandResult result(String commandId) {
        return this.<CommandResult>store("results").get(commandId);
    }

    private <T> KeyValueStore<String, T> store(String what) {
        return driver.getKeyValueStore("lead-" + what + "-v4");
    }

    void pipe(String key, SpecificRecord command) {
        commands.pipeInput(key, bytes(command), NOON);
    }

    void pipeRaw(String key, byte @Nullable [] value) {
        commands.pipeInput(new TestRecord<>(key, value, NOON));
    }

    private byte[] bytes(SpecificRecord command) {
        byte[] bytes = serde.serialize(Topics.LEAD_COMMANDS.name(), command);
        return bytes == null ? new byte[0] : bytes;
    }

    List<String> deadLetterCauses() {
        return deadLetters.readRecordsToList().stream()
                .map(letter ->
                        new String(
                                letter.headers().lastHeader("cause").value(),
                                StandardCharsets.UTF_8))
                .toList();
    }

    int sizeOf(String store) {
        int size = 0;
        try (var entries = store(store).all()) {
            while (entries.hasNext()) {
                entries.next();
                size++;
            }
        }
        return size;
    }

    String describe() {
        return topology.describe().toString();
    }

    /// Whatever was decided: the stores must be what the events make of them.
    @Override
    public void close() {
        history.add(events.readRecordsToList());
        var differences = history.differences(driver::getKeyValueStore, latest);
        driver.close();
        assertThat(differences).as("stores against the fold of the events").isEmpty();
    }
}
