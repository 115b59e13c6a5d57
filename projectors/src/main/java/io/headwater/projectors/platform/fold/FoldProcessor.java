package io.headwater.projectors.platform.fold;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Runs the fold of a projection in Kafka Streams: every row that an event changes is written out
/// at once, in the order of the log, keyed by its key.
///
/// @param <T> of the rows
public final class FoldProcessor<T extends SpecificRecord>
        extends ContextualProcessor<String, SpecificRecord, String, T> {

    private final Projection projection;
    private @Nullable Fold fold;

    private FoldProcessor(Projection projection) {
        this.projection = projection;
    }

    /// @param stores all that the fold asks for
    public static <T extends SpecificRecord>
            ProcessorSupplier<String, SpecificRecord, String, T> of(
                    Projection projection, Set<StoreBuilder<?>> stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, SpecificRecord, String, T> get() {
                return new FoldProcessor<>(projection);
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return stores;
            }
        };
    }

    @Override
    public void init(ProcessorContext<String, T> context) {
        super.init(context);
        // Anew: after an aborted transaction the stores are older than what was in memory.
        fold = projection.fold(FoldStores.of(context));
    }

    @Override
    @SuppressWarnings("unchecked") // a projection has the rows that it says
    public void process(Record<String, SpecificRecord> record) {
        var position = SourcePosition.of(context().recordMetadata().orElseThrow());
        for (SpecificRecord row :
                Objects.requireNonNull(fold).fold(record.key(), record.value(), position)) {
            context().forward(new Record<>(RowKey.of(row), (T) row, record.timestamp()));
        }
    }
}
