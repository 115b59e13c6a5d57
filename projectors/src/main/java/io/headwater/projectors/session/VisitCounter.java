package io.headwater.projectors.session;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.View;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.Slots;
import io.headwater.state.SessionVisits;
import java.util.LinkedHashMap;
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

/// Says of every tracking record how many sessions its visitor had before.
///
/// in: `tracking.events.v1`, key = session id, partitioned by slot: a visitor's sessions are all in
/// one partition, so nothing is repartitioned · store: `visitor-sessions`, key = visitor id
final class VisitCounter implements FixedKeyProcessor<String, SpecificRecord, CountedVisit> {

    private static final String VISITS = "visitor-sessions";

    /// Sessions whose answer is remembered; the others cost a read of the store.
    private static final int MAX_REMEMBERED = 10_000;

    private record Answer(String visitorId, int earlierVisits) {}

    /// By session. What the store answers again is the same: a session keeps its place.
    private final Map<String, Answer> remembered =
            new LinkedHashMap<>(1024, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    private @Nullable FixedKeyProcessorContext<String, CountedVisit> context;
    private @Nullable KeyValueStore<String, SessionVisits> visits;

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
        visits = context.getStateStore(VISITS);
        // After an aborted transaction the store is older than what is in memory.
        remembered.clear();
    }

    @Override
    public void process(FixedKeyRecord<String, SpecificRecord> record) {
        var out = required(context);
        String sessionId = record.key();
        SpecificRecord event = record.value();
        if (sessionId == null || event == null) {
            throw new UnfoldableException("tracking record without key or value");
        }
        String visitorId = visitor(event);
        int earlier =
                visitorId != null && isOf(visitorId, sessionId)
                        ? earlierVisits(visitorId, sessionId, event)
                        : 0;
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

    /// A session that the server issued carries the slot of its visitor. Another visitor named
    /// later on, or a session id made elsewhere, counts for nobody: neither may raise a score.
    private static boolean isOf(String visitorId, String sessionId) {
        return Slots.slotOfVisitor(visitorId) == Slots.slotOfSession(sessionId);
    }

    private int earlierVisits(String visitorId, String sessionId, SpecificRecord event) {
        Answer known = remembered.get(sessionId);
        if (known != null && known.visitorId().equals(visitorId)) {
            return known.earlierVisits();
        }
        var store = required(visits);
        SessionVisits before = store.get(visitorId);
        SessionVisits after = VisitorSessions.with(before, sessionId);
        if (after != before) {
            store.put(visitorId, after);
        }
        int earlier =
                event instanceof SessionImported
                        ? VisitorSessions.begunBefore(after, sessionId)
                        : VisitorSessions.before(after, sessionId);
        remembered.put(sessionId, new Answer(visitorId, earlier));
        return earlier;
    }

    private static <T> T required(@Nullable T initialised) {
        if (initialised == null) {
            throw new IllegalStateException("used before init");
        }
        return initialised;
    }
}
