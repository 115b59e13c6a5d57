package io.headwater.jobs.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.sessionRow;
import static io.headwater.schema.SampleEvents.submission;

import io.headwater.events.lead.ScoreLead;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.jobs.platform.InstanceSettings;
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.jobs.platform.kafka.StreamsProperties;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.streams.DeadLetters;
import io.headwater.streams.StoreMemory;
import io.headwater.views.SessionRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/// The score topology with the settings it runs with.
final class ScoreDriver implements AutoCloseable {

    private static final StoreMemory MEMORY = new StoreMemory(8 << 20);
    static final SchemaIds IDS = SchemaIds.inMemory();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(IDS);
    private final TopologyTestDriver driver;
    private final TestOutputTopic<String, SpecificRecord> commands;

    ScoreDriver(Path stateDir) {
        var metrics = new LeadScoreMetrics(meters);
        var properties = properties(stateDir);
        DeadLetters.parkTo(Topics.SCORE_DEAD_LETTERS.name(), properties, metrics::parked);
        // the driver loses what is sent for a record that reaches no processor, in a transaction
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        driver = new TopologyTestDriver(topology(metrics), properties, NOON);
        commands = driver.createOutputTopic("lead.commands.v1", new StringDeserializer(), serde);
    }

    static Properties properties(Path stateDir) {
        var kafka =
                new KafkaSettings(
                        "127.0.0.1:1",
                        KafkaSecurity.NONE,
                        Duration.ofMillis(100),
                        1,
                        0,
                        DataSize.ofMegabytes(1));
        return StreamsProperties.of("test", kafka, new InstanceSettings("one", stateDir), MEMORY);
    }

    static Topology topology() {
        return topology(new LeadScoreMetrics(new SimpleMeterRegistry()));
    }

    private static Topology topology(LeadScoreMetrics metrics) {
        return LeadScoreTopology.build(
                new LeadScoreSettings(
                        "test", "view.sessions.g1", Duration.ofHours(24), Duration.ofDays(90)),
                IDS,
                metrics,
                NetworkScoreTest.ADDRESSES);
    }

    void event(SpecificRecord event, Instant at) {
        send(Topics.LEAD_EVENTS.name(), SITE, event, at);
    }

    void captured(String leadId, @Nullable String sessionId, Instant at) {
        event(
                leadCaptured(
                        leadId, submission().setSessionId(sessionId).setReceivedAt(at).build()),
                at);
    }

    void session(SessionRow row, Instant at) {
        send("view.sessions.g1", row.getSessionId(), row, at);
    }

    void noSession(String sessionId, Instant at) {
        raw("view.sessions.g1", sessionId, null, at);
    }

    void started(SessionStarted started) {
        send(
                Topics.TRACKING_EVENTS.name(),
                started.getSessionId(),
                started,
                started.getStartedAt());
    }

    private void send(String topic, String key, SpecificRecord value, Instant at) {
        raw(topic, key, serde.serialize(topic, value), at);
    }

    void raw(String topic, String key, byte @Nullable [] value, Instant at) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, at);
    }

    static SessionRow scored(String sessionId, int score, long offset) {
        return sessionRow()
                .setSessionId(sessionId)
                .setEngagementScore(score)
                .setSrcOffset(offset)
                .build();
    }

    List<KeyValue<String, ScoreLead>> sent() {
        return commands.readKeyValuesToList().stream()
                .map(record -> KeyValue.pair(record.key, (ScoreLead) record.value))
                .toList();
    }

    List<ScoreLead> sentValues() {
        return sent().stream().map(record -> record.value).toList();
    }

    TestOutputTopic<String, byte[]> output(String topic) {
        return driver.createOutputTopic(
                topic, new StringDeserializer(), new ByteArrayDeserializer());
    }

    <V> KeyValueStore<String, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    double count(String meter) {
        return meters.counter(meter).count();
    }

    @Override
    public void close() {
        driver.close();
    }
}
