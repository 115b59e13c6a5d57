package io.headwater.projectors.analytics;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.state.SessionContext;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/// Stamps every tracking record with the context of its session.
///
/// in: `tracking.events.v1`, key = session id · store: `session-contexts`, the same key
final class VisitStamp implements FixedKeyProcessor<String, SpecificRecord, Visit> {

    private static final String CONTEXTS = "session-contexts";

    /// Bytes per partition: about 8,000 sessions of persons.
    private static final long MAX_DECODED = 4L << 20;

    private final RecentContexts decoded = new RecentContexts(MAX_DECODED);
    private @Nullable FixedKeyProcessorContext<String, Visit> context;
    private @Nullable KeyValueStore<String, SessionContext> contexts;

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
                        return Set.of(view.<SessionContext>store(CONTEXTS));
                    }
                };
        return tracking.processValues(supplier, Named.as("visit-stamp"));
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Visit> context) {
        this.context = context;
        contexts = context.getStateStore(CONTEXTS);
        // After an aborted transaction the store is older than what is in memory.
        decoded.clear();
    }

    @Override
    public void process(FixedKeyRecord<String, SpecificRecord> record) {
        var out = required(context);
        var store = required(contexts);
        String sessionId = record.key();
        SpecificRecord event = record.value();
        if (sessionId == null || event == null) {
            throw new UnfoldableException("tracking record without key or value");
        }
        SessionContext previous = decoded.get(sessionId);
        if (previous == null) {
            previous = store.get(sessionId);
        }
        SessionContext next = SessionContexts.fold(previous, event);
        List<String> newPages = SessionContexts.newPages(next, event);
        if (!newPages.isEmpty()) {
            next = SessionContexts.withPages(next, newPages);
        }
        if (next != previous) {
            store.put(sessionId, next);
        }
        decoded.put(sessionId, next);
        var position = SourcePosition.of(out.recordMetadata().orElseThrow());
        out.forward(record.withValue(new Visit(event, next, previous == null, newPages, position)));
    }

    private static <T> T required(@Nullable T initialised) {
        if (initialised == null) {
            throw new IllegalStateException("used before init");
        }
        return initialised;
    }
}
