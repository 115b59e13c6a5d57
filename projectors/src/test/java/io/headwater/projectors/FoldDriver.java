package io.headwater.projectors;

import io.headwater.projectors.platform.Generation;
import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.ProjectorSettings;
import io.headwater.projectors.platform.streams.FoldApp;
import io.headwater.projectors.platform.streams.FoldSettings;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.KafkaSecurity;
import io.headwater.schema.SchemaIds;
import io.headwater.streams.StoreMemory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.springframework.util.unit.DataSize;

/// One projection's topology with the settings it runs with, and its view topic as a table.
public final class FoldDriver implements AutoCloseable {

    /// Of every driver: equal records have equal bytes.
    public static final SchemaIds IDS = SchemaIds.inMemory();

    private final Generation generation;
    private final StoreMemory memory = new StoreMemory(16 << 20);
    private final TopologyTestDriver driver;
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(IDS);
    private final Map<String, TestInputTopic<String, byte[]>> sources = new LinkedHashMap<>();
    private final Map<String, Long> offsets;

    /// Where a fold stands after a commit.
    ///
    /// @param stores bytes of every store
    /// @param offsets next one of every source topic
    public record Commit(Map<String, Map<Bytes, byte[]>> stores, Map<String, Long> offsets) {

        /// Of a fold that has read nothing.
        public static final Commit NONE = new Commit(Map.of(), Map.of());
    }

    public FoldDriver(Projection projection, Path stateDir) {
        this(projection, stateDir, Commit.NONE);
    }

    /// Goes on where another one committed: with its stores, and nothing that it had in memory.
    public FoldDriver(Projection projection, Path stateDir, Commit from) {
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
        offsets = new HashMap<>(from.offsets());
        offsets.forEach(this::skipTo);
        from.stores().forEach((store, bytes) -> bytes.forEach(bytes(store)::put));
    }

    /// The driver commits after every record.
    public Commit commit() {
        var stores = new HashMap<String, Map<Bytes, byte[]>>();
        for (String store : driver.getAllStateStores().keySet()) {
            var bytes = new HashMap<Bytes, byte[]>();
            try (var all = bytes(store).all()) {
                all.forEachRemaining(one -> bytes.put(one.key, one.value));
            }
            stores.put(store, bytes);
        }
        return new Commit(stores, Map.copyOf(offsets));
    }

    /// What is below caches and serdes: on a restart it is all there is.
    @SuppressWarnings("unchecked") // every store of a fold is one of keys and values
    private KeyValueStore<Bytes, byte[]> bytes(String name) {
        StateStore store = driver.getAllStateStores().get(name);
        while (store instanceof WrappedStateStore<?, ?, ?> wrapped) {
            store = wrapped.wrapped();
        }
        return (KeyValueStore<Bytes, byte[]>) java.util.Objects.requireNonNull(store, name);
    }

    /// There is no other way to tell the driver where a log begins.
    @SuppressWarnings("unchecked")
    private void skipTo(String topic, long offset) {
        try {
            var field =
                    TopologyTestDriver.class.getDeclaredField("offsetsByTopicOrPatternPartition");
            field.setAccessible(true);
            var next = (Map<TopicPartition, AtomicLong>) field.get(driver);
            next.put(new TopicPartition(topic, 0), new AtomicLong(offset));
        } catch (ReflectiveOperationException renamed) {
            throw new IllegalStateException(renamed);
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
        offsets.merge(topic, 1L, Long::sum);
    }

    public void sendRaw(String topic, String key, byte[] value) {
        source(topic).pipeInput(key, value);
        offsets.merge(topic, 1L, Long::sum);
    }

    /// Rows by key as the view topic leaves them, read so far.
    public Map<String, SpecificRecord> rows() {
        Map<String, SpecificRecord> rows = new TreeMap<>();
        view().readKeyValuesToList().forEach(row -> rows.put(row.key, row.value));
        return rows;
    }

    /// Every change of a row, in the order of the view topic, read so far.
    public List<ViewChanges.Change> changes() {
        return view().readKeyValuesToList().stream()
                .map(row -> new ViewChanges.Change(row.key, row.value))
                .toList();
    }

    /// Rows as they were written since the last look, in their order.
    public List<SpecificRecord> written() {
        return changes().stream().map(ViewChanges.Change::row).toList();
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

    private TestOutputTopic<String, SpecificRecord> view() {
        return driver.createOutputTopic(
                generation.viewTopic(), new StringDeserializer(), serde.deserializer());
    }

    private TestInputTopic<String, byte[]> source(String topic) {
        return java.util.Objects.requireNonNull(sources.get(topic), topic);
    }

    private static Properties settings(Generation generation, Path stateDir, StoreMemory memory) {
        var settings =
                new ProjectorSettings(
                        new ProjectorSettings.Kafka("127.0.0.1:1", KafkaSecurity.NONE),
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
