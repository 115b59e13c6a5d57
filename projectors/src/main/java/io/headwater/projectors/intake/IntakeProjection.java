package io.headwater.projectors.intake;

import io.headwater.projectors.platform.Projection;
import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.Sums;
import io.headwater.schema.Topics;
import io.headwater.views.IntakeRow;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What was received and what became of it, by source, in quarter hours of receipt.
///
/// in: `intake.receipts.v1` and `lead.events.v1`, both with key = site id and as many partitions ·
/// out: `view.intake`, same partition; a site's sides meet there without repartitioning
@Component
public class IntakeProjection implements Projection {

    static final String ROWS = "intake-rows";
    static final String WAITING = "intake-waiting";

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public int foldVersion() {
        return 2;
    }

    @Override
    public List<String> sources() {
        return List.of(Topics.INTAKE_RECEIPTS.name(), Topics.LEAD_EVENTS.name());
    }

    @Override
    public List<Class<? extends SpecificRecord>> rows() {
        return List.of(IntakeRow.class);
    }

    @Override
    public void addTo(StreamsBuilder builder, View view) {
        var supplier =
                new ProcessorSupplier<String, SpecificRecord, String, IntakeRow>() {
                    @Override
                    public Processor<String, SpecificRecord, String, IntakeRow> get() {
                        return new Counter();
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return Set.of(view.<IntakeRow>store(ROWS), view.<IntakeRow>store(WAITING));
                    }
                };
        var rows =
                view.events(builder, Topics.INTAKE_RECEIPTS.name())
                        .merge(
                                view.events(builder, Topics.LEAD_EVENTS.name()),
                                Named.as("intake-both"))
                        .process(supplier, Named.as("intake-fold"));
        view.rowsBySource(rows, "intake-out");
    }

    private static final class Counter
            extends ContextualProcessor<String, SpecificRecord, String, IntakeRow> {
        private final Sums<IntakeRow> sums = new Sums<>(IntakeRow.class);
        private @Nullable KeyValueStore<String, IntakeRow> rows;

        /// What those in quarantine added, by submission id.
        private @Nullable KeyValueStore<String, IntakeRow> waiting;

        @Override
        public void init(ProcessorContext<String, IntakeRow> context) {
            super.init(context);
            rows = context.getStateStore(ROWS);
            waiting = context.getStateStore(WAITING);
        }

        @Override
        public void process(Record<String, SpecificRecord> record) {
            var store = Objects.requireNonNull(rows);
            var position = SourcePosition.of(context().recordMetadata().orElseThrow());
            var waiting = Objects.requireNonNull(this.waiting);
            String judged = QuarantineStay.submissionOf(record.value());
            IntakeRow waited = judged == null ? null : waiting.get(judged);
            IntakeRow delta = IntakeFold.delta(record.value(), waited, position);
            if (delta == null) {
                return;
            }
            if (judged != null) {
                waiting.put(judged, QuarantineStay.begins(record.value()) ? delta : null);
            }
            String key = RowKey.of(delta);
            IntakeRow before = store.get(key);
            IntakeRow row = before == null ? delta : sums.apply(before, delta);
            store.put(key, row);
            context().forward(new Record<>(key, row, record.timestamp()));
        }
    }
}
