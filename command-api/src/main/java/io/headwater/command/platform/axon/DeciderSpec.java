package io.headwater.command.platform.axon;

import io.headwater.schema.AvroSerde;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics.Topic;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/// Topics and names of a decider. Names are data: renaming one loses its state.
///
/// @param name for example `lead`
/// @param version of the stores' content; raised when old state cannot be read any more
public record DeciderSpec(
        String name, int version, Topic commands, Topic events, Topic deadLetters, SchemaIds ids) {

    public String store(String what) {
        return name + "-" + what + "-v" + version;
    }

    /// Of the Streams application.
    public String applicationId() {
        return "decider-" + name;
    }

    /// The topic from which a lost store comes back.
    public String changelog(String what) {
        return applicationId() + "-" + store(what) + "-changelog";
    }

    String eventSink() {
        return name + "-events";
    }

    String resultSink() {
        return name + "-results";
    }

    String deadLetterSink() {
        return name + "-dead-letters";
    }

    public <T extends SpecificRecord> AvroSerde<T> serde() {
        return new AvroSerde<>(ids);
    }

    /// A store of Avro records by string.
    public <T extends SpecificRecord> StoreBuilder<KeyValueStore<String, T>> records(String what) {
        return builder(what, this.<T>serde());
    }

    <T> StoreBuilder<KeyValueStore<String, T>> builder(String what, Serde<T> serde) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(store(what)), Serdes.String(), serde)
                .withCachingDisabled()
                .withLoggingEnabled(
                        Map.of(
                                TopicConfig.SEGMENT_BYTES_CONFIG,
                                String.valueOf(64 << 20),
                                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                                "0.3"));
    }
}
