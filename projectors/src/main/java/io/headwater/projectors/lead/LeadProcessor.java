package io.headwater.projectors.lead;

import io.headwater.projectors.platform.RowKey;
import io.headwater.projectors.platform.SourcePosition;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/// Runs [LeadChange] in Kafka Streams: every row that an event changes is written out at once, in
/// the order of the log.
final class LeadProcessor
        extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {

    private @Nullable LeadStores stores;

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        stores = LeadStores.of(context);
    }

    @Override
    public void process(Record<String, SpecificRecord> record) {
        var stores = java.util.Objects.requireNonNull(this.stores);
        var position = SourcePosition.of(context().recordMetadata().orElseThrow());
        for (SpecificRecord row : LeadChange.fold(stores, record.value(), position)) {
            context().forward(new Record<>(RowKey.of(row), row, record.timestamp()));
        }
    }
}
