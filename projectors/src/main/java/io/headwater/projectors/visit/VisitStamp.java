package io.headwater.projectors.visit;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.state.SessionContext;
import io.headwater.state.SessionVisits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
/// in: `tracking.events.v1`, key = session id, partitioned by slot: a visitor's sessions are all in
/// one partition, so nothing is repartitioned · stores: `session-contexts` by session,
/// `visitor-sessions` by visitor
public final class VisitStamp implements FixedKeyProcessor<String, SpecificRecord, Visit> {

    private static final String CONTEXTS = "session-contexts";
    private static final String VISITS = "visitor-sessions";

    /// Sessions whose context stays decoded in memory; the others cost a read of the store.
    private static final int MAX_DECODED = 10_000;

    private final boolean keepPages;
    private final Map<String, SessionContext> decoded =
            new LinkedHashMap<>(1024, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, SessionContext> eldest) {
                    return size() > MAX_DECODED;
                }
            };
    private @Nullable FixedKeyProcessorContext<String, Visit> context;
    private @Nullable KeyValueStore<String, SessionContext> contexts;
    private @Nullable KeyValueStore<String, SessionVisits> visits;

    private VisitStamp(boolean keepPages) {
        this.keepPages = keepPages;
    }

    /// @param keepPages whether [Visit#newPages] is wanted: costs up to 200 paths per session
    public static KStream<String, Visit> stamp(
            KStream<String, SpecificRecord> tracking, View view, boolean keepPages) {
        var supplier =
                new FixedKeyProcessorSupplier<String, SpecificRecord, Visit>() {
                    @Override
                    public FixedKeyProcessor<String, SpecificRecord, Visit> get() {
                        return new VisitStamp(keepPages);
                    }

                    @Override
                    public Set<StoreBuilder<?>> stores() {
                        return Set.of(
                                view.<SessionContext>store(CONTEXTS),
                                view.<SessionVisits>store(VISITS));
                    }
                };
        return tracking.processValues(supplier, Named.as("visit-stamp"));
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Visit> context) {
        this.context = context;
        contexts = context.getStateStore(CONTEXTS);
        visits = context.getStateStore(VISITS);
        // After an aborted transaction the stores are older than what is in memory.
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
        SessionContext next = Contexts.fold(previous, event);
        String visitorId = next.getVisitorId();
        if (visitorId != null && (previous == null || previous.getVisitorId() == null)) {
            next = Contexts.withReturnVisits(next, earlierVisits(visitorId, sessionId));
        }
        List<String> newPages = keepPages ? Contexts.newPages(next, event) : List.of();
        if (!newPages.isEmpty()) {
            next = Contexts.withPages(next, newPages);
        }
        if (next != previous) {
            store.put(sessionId, next);
        }
        decoded.put(sessionId, next);
        boolean started = next.getStarted() && (previous == null || !previous.getStarted());
        var position = SourcePosition.of(out.recordMetadata().orElseThrow());
        out.forward(record.withValue(new Visit(event, next, started, newPages, position)));
    }

    private long earlierVisits(String visitorId, String sessionId) {
        var store = required(visits);
        SessionVisits before = store.get(visitorId);
        SessionVisits after = Contexts.visit(before, sessionId);
        if (after == before) {
            int index = after.getSessionIds().indexOf(sessionId);
            return after.getCount() - after.getSessionIds().size() + index;
        }
        store.put(visitorId, after);
        return after.getCount() - 1;
    }

    private static <T> T required(@Nullable T initialised) {
        if (initialised == null) {
            throw new IllegalStateException("used before init");
        }
        return initialised;
    }
}
