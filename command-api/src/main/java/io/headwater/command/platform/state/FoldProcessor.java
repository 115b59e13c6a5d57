package io.headwater.command.platform.state;

import io.headwater.schema.AvroSerde;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Folds the events of one partition into the stores of its decider, which Streams writes to their
/// changelogs: the very topics that the decider restores from.
final class FoldProcessor<E, S extends SpecificRecord>
        implements Processor<String, byte[], Void, Void> {

    private final DeciderHistory<E, S> history;
    private final Instant now;
    private final BiConsumer<String, String> broken;
    private final AvroSerde<SpecificRecord> events;
    private @Nullable FoldTask<E, S> task;

    FoldProcessor(DeciderHistory<E, S> history, Instant now, BiConsumer<String, String> broken) {
        this.history = history;
        this.now = now;
        this.broken = broken;
        this.events = history.decider().spec().serde();
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        task = new FoldTask<>(history, context::getStateStore, now, broken);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        var event = events.deserialize(history.decider().spec().events().name(), record.value());
        Objects.requireNonNull(task, "not initialised")
                .fold(
                        record.key(),
                        Objects.requireNonNull(event, "an event without a value"),
                        Instant.ofEpochMilli(record.timestamp()));
    }
}
