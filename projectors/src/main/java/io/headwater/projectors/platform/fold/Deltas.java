package io.headwater.projectors.platform.fold;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Events to what they add to a row, keyed by that row.
public final class Deltas {

    private Deltas() {}

    /// What one event adds.
    @FunctionalInterface
    public interface Delta<T extends SpecificRecord> {
        /// @return null when it adds nothing
        @Nullable T of(SpecificRecord event, SourcePosition position);
    }

    public static <T extends SpecificRecord> KStream<String, T> of(
            KStream<String, SpecificRecord> events, Delta<T> delta, String name) {
        return events.process(() -> new Emit<>(delta), Named.as(name));
    }

    private static final class Emit<T extends SpecificRecord>
            extends ContextualProcessor<String, SpecificRecord, String, T> {
        private final Delta<T> delta;

        Emit(Delta<T> delta) {
            this.delta = delta;
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            var position = SourcePosition.of(context().recordMetadata().orElseThrow());
            T row = delta.of(record.value(), position);
            if (row != null) {
                context().forward(new Record<>(RowKey.of(row), row, record.timestamp()));
            }
        }
    }
}
