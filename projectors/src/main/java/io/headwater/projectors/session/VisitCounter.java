package io.headwater.projectors.session;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.state.SessionVisits;
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

/// Says of every tracking record how many sessions its visitor had before.
///
/// in: `tracking.events.v1`, key = session id, partitioned by slot: a visitor's sessions are all in
/// one partition, so nothing is repartitioned · store: `visitor-sessions`, key = visitor id
final class VisitCounter implements FixedKeyProcessor<String, SpecificRecord, CountedVisit> {

    static final String VISITS = "visitor-sessions";

    private @Nullable FixedKeyProcessorContext<String, CountedVisit> context;
    private @Nullable EarlierVisits visits;

    private VisitCounter() {}

    static KStream<String, CountedVisit> count(
            KStream<String, SpecificRecord> tracking, View view) {
        var supplier =
                new FixedKeyProcessorSupplier<String, SpecificRecord, CountedVisit>() {
                    @Override
                    public FixedKeyProcessor<String, SpecificRecord, CountedVisit> get() {
                        return new VisitCounter();
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return Set.of(view.<SessionVisits>store(VISITS));
                    }
                };
        return tracking.processValues(supplier, Named.as("visit-counter"));
    }

    @Override
    public void init(FixedKeyProcessorContext<String, CountedVisit> context) {
        this.context = context;
        // Anew: after an aborted transaction the store is older than what was in memory.
        visits = new EarlierVisits(FoldStores.of(context).records(VISITS));
    }

    @Override
    public void process(FixedKeyRecord<String, SpecificRecord> record) {
        var out = required(context);
        String sessionId = record.key();
        SpecificRecord event = record.value();
        if (sessionId == null || event == null) {
            throw new UnfoldableException("tracking record without key or value");
        }
        int earlier = required(visits).of(sessionId, event);
        var position = SourcePosition.of(out.recordMetadata().orElseThrow());
        out.forward(record.withValue(new CountedVisit(event, earlier, position)));
    }

    static @Nullable String visitor(SpecificRecord event) {
        return switch (event) {
            case SessionStarted start -> start.getVisitorId();
            case EventsTracked tracked -> tracked.getVisitorId();
            case SessionEnded end -> end.getVisitorId();
            case SessionImported past -> past.getVisitorId();
            default ->
                    throw new UnfoldableException(
                            event.getSchema().getName() + " is no tracking record");
        };
    }

    private static <T> T required(@Nullable T initialised) {
        if (initialised == null) {
            throw new IllegalStateException("used before init");
        }
        return initialised;
    }
}
