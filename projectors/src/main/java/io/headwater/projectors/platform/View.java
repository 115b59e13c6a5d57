package io.headwater.projectors.platform;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// The ends of a projection's topology: its events come in and its rows go out through here.
///
/// @param topic view topic of the generation
public record View(String topic, SchemaIds ids) {

    public <T extends SpecificRecord> Serde<T> serde() {
        return new AvroSerde<>(ids);
    }

    public KStream<String, SpecificRecord> events(StreamsBuilder builder, String source) {
        return builder.stream(
                source,
                Consumed.with(Serdes.String(), this.<SpecificRecord>serde()).withName(source));
    }

    /// Rows go to the partition of the source record: order per key is that of the source, and the
    /// view topic is partitioned as the events are.
    public void rowsBySource(KStream<String, ? extends SpecificRecord> rows, String name) {
        StreamPartitioner<String, SpecificRecord> bySource =
                (topic, key, row, partitions) ->
                        Optional.of(Set.of(RowKey.sourcePartition(row) % partitions));
        out(rows, produced(name).withStreamPartitioner(bySource));
    }

    /// Rows that several source partitions add to go to the partition of their key.
    public void rowsByKey(KStream<String, ? extends SpecificRecord> rows, String name) {
        out(rows, produced(name));
    }

    /// A store whose rows are written out at commit, not at every change.
    public <T extends SpecificRecord>
            Materialized<String, T, KeyValueStore<Bytes, byte[]>> cachedStore(String name) {
        return Materialized.<String, T, KeyValueStore<Bytes, byte[]>>as(name)
                .withKeySerde(Serdes.String())
                .withValueSerde(this.<T>serde())
                .withCachingEnabled();
    }

    /// A store for processors.
    public <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> store(String name) {
        return Stores.<String, T>keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), this.<T>serde())
                .withCachingEnabled();
    }

    private Produced<String, SpecificRecord> produced(String name) {
        return Produced.with(Serdes.String(), this.<SpecificRecord>serde()).withName(name);
    }

    @SuppressWarnings("unchecked") // a stream of some row is one of rows to whoever only reads it
    private void out(
            KStream<String, ? extends SpecificRecord> rows,
            Produced<String, SpecificRecord> produced) {
        ((KStream<String, SpecificRecord>) rows).to(topic, produced);
    }
}
