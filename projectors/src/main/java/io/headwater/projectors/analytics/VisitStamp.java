package io.headwater.projectors.analytics;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.state.SessionContext;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Stamps every tracking record with the context of its session.
///
/// in: `tracking.events.v1`, key = session id · store: `session-contexts`, the same key
final class VisitStamp implements FixedKeyProcessor<String, SpecificRecord, Visit> {

    private @Nullable FixedKeyProcessorContext<String, Visit> context;
    private @Nullable Visits visits;

    private VisitStamp() {}

    static KStream<String, Visit> stamp(KStream<String, SpecificRecord> tracking, View view) {
        var supplier =
                new FixedKeyProcessorSupplier<String, SpecificRecord, Visit>() {
                    @Override
                    public FixedKeyProcessor<String, SpecificRecord, Visit> get() {
                        return new VisitStamp();
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return Set.of(view.<SessionContext>store(Visits.CONTEXTS));
                    }
                };
        return tracking.processValues(supplier, Named.as("visit-stamp"));
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Visit> context) {
        this.context = context;
        // Anew: after an aborted transaction the store is older than what was in memory.
        visits = new Visits(FoldStores.of(context));
    }

    @Override
    public void process(FixedKeyRecord<String, SpecificRecord> record) {
        var out = required(context);
        var position = SourcePosition.of(out.recordMetadata().orElseThrow());
        out.forward(record.withValue(required(visits).of(record.key(), record.value(), position)));
    }

    private static <T> T required(@Nullable T initialised) {
        if (initialised == null) {
            throw new IllegalStateException("used before init");
        }
        return initialised;
    }
}
