package io.headwater.projectors;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.streams.FoldApp;
import io.headwater.projectors.platform.streams.FoldSettings;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.streams.StoreMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.springframework.util.unit.DataSize;

/// One projection's topology with the settings it runs with, and its view topic as a table.
public final class FoldDriver implements AutoCloseable {

    private static final SchemaIds IDS = SchemaIds.inMemory();

    private final Generation generation;
    private final StoreMemory memory = new StoreMemory(16 << 20);
    private final TopologyTestDriver driver;
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(IDS);
    private final Map<String, TestInputTopic<String, byte[]>> sources = new LinkedHashMap<>();

    public FoldDriver(Projection projection, Path stateDir) {
        generation = new Generation(projection.name(), 1);
        Properties props = settings(generation, stateDir, memory);
        driver =
                new TopologyTestDriver(FoldApp.topology(projection, generation, IDS, props), props);
        for (String source : projection.sources()) {
            sources.put(
                    source,
                    driver.createInputTopic(
                            source, new StringSerializer(), new ByteArraySerializer()));
        }
    }

    /// The graph as it runs, for comparing with the checked-in one.
    public static Topology topology(Projection projection, Path stateDir) {
        var generation = new Generation(projection.name(), 1);
        try (var memory = new StoreMemory(1 << 20)) {
            var props = settings(generation, stateDir, memory);
            return FoldApp.topology(projection, generation, IDS, props);
        }
    }

    public void send(String topic, String key, SpecificRecord event) {
        source(topic).pipeInput(key, serde.serialize(topic, event));
    }

    public void sendRaw(String topic, String key, byte[] value) {
        source(topic).pipeInput(key, value);
    }

    /// Rows by key as the view topic leaves them, read so far.
    public Map<String, SpecificRecord> rows() {
        var view =
                driver.createOutputTopic(
                        generation.viewTopic(), new StringDeserializer(), serde.deserializer());
        Map<String, SpecificRecord> rows = new TreeMap<>();
        view.readKeyValuesToList().forEach(row -> rows.put(row.key, row.value));
        return rows;
    }

    public List<TestRecord<byte[], byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        generation.deadLetterTopic(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())
                .readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
        memory.close();
    }

    private TestInputTopic<String, byte[]> source(String topic) {
        return java.util.Objects.requireNonNull(sources.get(topic), topic);
    }

    private static Properties settings(Generation generation, Path stateDir, StoreMemory memory) {
        var settings =
                new ProjectorSettings(
                        new ProjectorSettings.Kafka("127.0.0.1:1"),
                        new ProjectorSettings.Schemas("", ""),
                        new ProjectorSettings.Postgres("", "", ""),
                        stateDir.resolve(UUID.randomUUID().toString()),
                        "test",
                        Set.of(),
                        new ProjectorSettings.Streams(
                                Duration.ofMillis(100),
                                DataSize.ofMegabytes(1),
                                DataSize.ofMegabytes(16),
                                0,
                                (short) -1),
                        new ProjectorSettings.Sink(
                                5_000, 100, Duration.ofSeconds(5), Duration.ofMinutes(1)));
        var props = FoldSettings.of(settings, generation, memory);
        return props;
    }
}
