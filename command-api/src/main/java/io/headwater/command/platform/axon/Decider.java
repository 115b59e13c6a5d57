package io.headwater.command.platform.axon;

import io.headwater.events.EventMeta;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;

/// A feature's decider, ready to become a topology.
///
///     commands ──► decider (stores) ──► events, results, dead letters
///
/// @param <E> the entity
/// @param <V> its events, inside
/// @param <S> the entity's stored form
/// @param publisher inside to outside, exhaustive
/// @param stores of Avro records, beside the decider's own: entities, results, expiries
/// @param samples commands for the entity that exercise it before the first real one; they touch
///   nothing
public record Decider<E, V, S extends SpecificRecord>(
        DeciderSpec spec,
        Class<E> entity,
        Class<V> eventType,
        EntityState<E, S> state,
        BiFunction<V, EventMeta, SpecificRecord> publisher,
        Rules.Factory<V> rules,
        List<String> stores,
        List<Object> samples) {

    public static final String ENTITIES = "entities";
    public static final String RESULTS = "results";
    public static final String EXPIRIES = "expiries";

    /// Kind of an expiry: of a result, by command id.
    public static final String RESULT = "result";

    /// As long as the commands topic keeps commands.
    public static final Duration RESULTS_KEPT = Duration.ofDays(7);

    public Topology topology(DeciderMetrics metrics) {
        return topology(metrics, EntityCommands::new);
    }

    /// @param handlers what lets the entity decide; anything but Axon only to measure against
    public Topology topology(DeciderMetrics metrics, EntityHandler.Factory<E> handlers) {
        String node = spec.name() + "-decider";
        String source = spec.name() + "-commands";
        var topology = new Topology();
        topology.addSource(
                source,
                new StringDeserializer(),
                new ByteArrayDeserializer(),
                spec.commands().name());
        topology.addProcessor(node, () -> new DeciderProcessor<>(this, handlers, metrics), source);
        allStores().forEach(store -> topology.addStateStore(store, node));
        topology.addSink(
                spec.eventSink(), spec.events().name(), new StringSerializer(), spec.serde(), node);
        topology.addSink(
                spec.resultSink(),
                Topics.COMMAND_RESULTS.name(),
                new StringSerializer(),
                spec.serde(),
                node);
        topology.addSink(
                spec.deadLetterSink(),
                spec.deadLetters().name(),
                new StringSerializer(),
                new ByteArraySerializer(),
                node);
        return topology;
    }

    /// Each with its changelog.
    public List<StoreBuilder<?>> allStores() {
        var all = new ArrayList<StoreBuilder<?>>();
        all.add(spec.records(ENTITIES));
        all.add(spec.records(RESULTS));
        all.add(spec.builder(EXPIRIES, Serdes.ByteArray()));
        stores.forEach(store -> all.add(spec.records(store)));
        return all;
    }

    /// @return what [DeciderSpec#store] and [DeciderSpec#changelog] are asked with
    public List<String> storeNames() {
        var all = new ArrayList<>(List.of(ENTITIES, RESULTS, EXPIRIES));
        all.addAll(stores);
        return List.copyOf(all);
    }
}
