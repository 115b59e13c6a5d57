package io.headwater.command.platform.state;

import io.headwater.command.platform.axon.Decider;
import io.headwater.command.platform.axon.DeciderSpec;
import io.headwater.command.platform.axon.Expiries;
import io.headwater.command.platform.kafka.CommittedLog;
import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.Brokers;
import io.headwater.schema.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/// Results as they were told, as far as the topics of results (a day) and of commands (a week)
/// still have them: also of commands that made no event, which were refused or changed nothing.
///
/// The topic of results is of all deciders; whose a result is, and of which partition, its command
/// says.
final class KnownResults {

    /// Held at a time; for each so many the commands are read once.
    private static final int AT_ONCE = 200_000;

    private static final int PER_TRANSACTION = 10_000;

    private final Brokers brokers;
    private final DeciderSpec spec;
    private final StateCluster cluster;
    private final AvroSerde<SpecificRecord> serde;
    private final Map<String, CommandResult> held = new HashMap<>();
    private @Nullable KafkaProducer<String, byte[]> producer;
    private int written;

    KnownResults(Brokers brokers, DeciderSpec spec, StateCluster cluster) {
        this.brokers = brokers;
        this.spec = spec;
        this.cluster = cluster;
        this.serde = spec.serde();
    }

    /// Writes them over what the events say of the same commands. Doing it again changes nothing.
    ///
    /// @return how many
    int write() {
        var results = cluster.partitions(Topics.COMMAND_RESULTS.name());
        try (var told = new CommittedLog(brokers, results);
                var opened =
                        new KafkaProducer<>(
                                brokers.settings(
                                        Map.of(
                                                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                                                "rebuild-state-" + spec.applicationId(),
                                                ProducerConfig.LINGER_MS_CONFIG,
                                                20)),
                                new StringSerializer(),
                                new ByteArraySerializer())) {
            producer = opened;
            opened.initTransactions();
            opened.beginTransaction();
            told.read(this::hold);
            match();
            opened.commitTransaction();
        }
        return written;
    }

    private void hold(ConsumerRecord<String, byte[]> record) {
        if (decoded(record) instanceof CommandResult result) {
            held.put(
                    result.getCommandId(),
                    CommandResult.newBuilder(result).setSubmission(null).build());
            if (held.size() == AT_ONCE) {
                match();
            }
        }
    }

    private void match() {
        if (held.isEmpty()) {
            return;
        }
        var commands = cluster.partitions(spec.commands().name());
        try (var asked = new CommittedLog(brokers, commands)) {
            asked.read(this::write);
        }
        held.clear();
    }

    private void write(ConsumerRecord<String, byte[]> record) {
        var command = decoded(record);
        var field = command == null ? null : command.getSchema().getField("command_id");
        if (command == null || field == null) {
            return;
        }
        String id = String.valueOf(command.get(field.pos()));
        var result = held.get(id);
        if (result == null) {
            return;
        }
        String results = spec.changelog(Decider.RESULTS);
        String due =
                Expiries.entry(
                        Instant.ofEpochMilli(record.timestamp()).plus(Decider.RESULTS_KEPT),
                        Decider.RESULT,
                        id);
        send(results, record.partition(), id, serde.serialize(results, result));
        send(spec.changelog(Decider.EXPIRIES), record.partition(), due, new byte[0]);
        written++;
        if (written % PER_TRANSACTION == 0) {
            var of = Objects.requireNonNull(producer);
            of.commitTransaction();
            of.beginTransaction();
        }
    }

    /// What was not written makes the commit fail.
    private void send(String topic, int partition, String key, byte @Nullable [] value) {
        var unused =
                Objects.requireNonNull(producer)
                        .send(new ProducerRecord<>(topic, partition, key, value));
    }

    /// @return null when it cannot be read: then it was put aside and has no result
    private @Nullable SpecificRecord decoded(ConsumerRecord<String, byte[]> record) {
        try {
            return serde.deserialize(record.topic(), record.value());
        } catch (SerializationException unreadable) {
            return null;
        }
    }
}
