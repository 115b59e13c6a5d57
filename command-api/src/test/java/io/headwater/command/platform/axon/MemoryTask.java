package io.headwater.command.platform.axon;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.Topics;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/// One task of a decider on the calling thread, without Kafka and without RocksDB: its commands are
/// decoded, its stores hold encoded records, and what it hands on is encoded, as in a topology; but
/// nothing is committed, sent or written to a disk.
public final class MemoryTask<E> implements AutoCloseable {

    private final Decider<E, ?, ?> decider;
    private final DeciderProcessor<E, ?, ?> processor;
    private final MockProcessorContext<String, Object> context;
    private final AvroSerde<SpecificRecord> serde;

    public MemoryTask(
            Decider<E, ?, ?> decider, EntityHandler.Factory<E> handlers, DeciderMetrics metrics) {
        this.decider = decider;
        this.serde = decider.spec().serde();
        this.context = new MockProcessorContext<>(settings(), new TaskId(0, 0), new File("unused"));
        add(Decider.ENTITIES, decider.spec().serde());
        add(Decider.RESULTS, decider.spec().serde());
        add(Decider.EXPIRIES, Serdes.ByteArray());
        decider.stores().forEach(store -> add(store, decider.spec().serde()));
        this.processor = new DeciderProcessor<>(decider, handlers, metrics);
        processor.init(context);
    }

    /// With Axon, as it runs.
    public MemoryTask(Decider<E, ?, ?> decider, DeciderMetrics metrics) {
        this(decider, EntityCommands::new, metrics);
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "memory-task");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:1");
        return settings;
    }

    private <T> void add(String what, Serde<T> values) {
        var store =
                Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(decider.spec().store(what)),
                                Serdes.String(),
                                values)
                        .withLoggingDisabled()
                        .withCachingDisabled()
                        .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    /// @return what it handed on: events, then the result
    public List<SpecificRecord> process(String key, byte[] command, Instant at) {
        processor.process(new Record<>(key, command, at.toEpochMilli()));
        var handedOn =
                context.forwarded().stream()
                        .map(one -> {
                            encode(one);
                            return (SpecificRecord) one.record().value();
                        })
                        .toList();
        context.resetForwards();
        return handedOn;
    }

    private void encode(MockProcessorContext.CapturedForward<? extends String, ?> one) {
        String topic =
                one.childName().filter(decider.spec().eventSink()::equals).isPresent()
                        ? decider.spec().events().name()
                        : Topics.COMMAND_RESULTS.name();
        byte[] bytes = serde.serialize(topic, (SpecificRecord) one.record().value());
        if (bytes == null || bytes.length == 0) {
            throw new IllegalStateException("nothing to send to " + topic);
        }
    }

    @Override
    public void close() {
        processor.close();
    }
}
