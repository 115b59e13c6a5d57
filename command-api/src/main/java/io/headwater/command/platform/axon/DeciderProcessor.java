package io.headwater.command.platform.axon;

import io.headwater.events.command.CommandResult;
import io.headwater.schema.AvroSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides the commands of one partition, one after the other: the partition's only writer.
///
/// in: command, key = routing key out: its events, then exactly one result, key = command id
///
/// - The same command id again gets the first result again and makes no event.
/// - A refusal is a result. Any other exception ends the transaction, and the command is read
///   again.
/// - A command that cannot be read, or came under another key than its own, is put aside before
///   anything is touched, with the cause in the header `cause`.
///
/// Events, result, stores and input offset are one Kafka transaction.
final class DeciderProcessor<E, V, S extends SpecificRecord>
        implements Processor<String, byte[], String, Object> {

    private static final Logger log = LoggerFactory.getLogger(DeciderProcessor.class);

    private final Decider<E, V, S> decider;
    private final EntityHandler.Factory<E> handlers;
    private final DeciderMetrics metrics;
    private final AvroSerde<SpecificRecord> commands;
    private @Nullable ProcessorContext<String, Object> context;
    private @Nullable DeciderTask<E, V, S> task;

    DeciderProcessor(
            Decider<E, V, S> decider, EntityHandler.Factory<E> handlers, DeciderMetrics metrics) {
        this.decider = decider;
        this.handlers = handlers;
        this.metrics = metrics;
        this.commands = decider.spec().serde();
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        this.context = context;
        this.task = new DeciderTask<>(decider, handlers, context);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var partition = Objects.requireNonNull(task, "not initialised");
        SpecificRecord command;
        CommandHeader header;
        try {
            command = commands.deserialize(decider.spec().commands().name(), record.value());
            if (command == null) {
                putAside(record, "no-value");
                return;
            }
            header = partition.header(command);
        } catch (SerializationException unreadable) {
            putAside(record, "unreadable");
            return;
        } catch (IllegalArgumentException contradictory) {
            putAside(record, "invalid: " + contradictory.getMessage());
            return;
        }
        if (!header.key().equals(record.key())) {
            putAside(record, "wrong-key");
            return;
        }
        var known = partition.known(header.commandId());
        if (known != null) {
            metrics.repeated();
            answer(record, known);
            return;
        }
        var decided = partition.decide(header, command, Instant.ofEpochMilli(record.timestamp()));
        for (var event : decided.events()) {
            forward(record.withValue(event), decider.spec().eventSink());
        }
        answer(record, decided.result());
        metrics.decided(decided.result().getOutcome());
    }

    private void answer(Record<String, byte[]> command, CommandResult result) {
        forward(
                command.withKey(result.getCommandId()).withValue(result),
                decider.spec().resultSink());
    }

    private void putAside(Record<String, byte[]> record, String cause) {
        log.atWarn()
                .addKeyValue("decider", decider.spec().name())
                .addKeyValue("cause", cause)
                .log("command put aside");
        metrics.deadLettered(cause.replaceFirst(":.*", ""));
        var headers = new RecordHeaders(record.headers());
        headers.add("cause", cause.getBytes(StandardCharsets.UTF_8));
        forward(record.withHeaders(headers), decider.spec().deadLetterSink());
    }

    private void forward(Record<String, ?> record, String sink) {
        Objects.requireNonNull(context).forward(record.withValue((Object) record.value()), sink);
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
    }
}
