package io.headwater.projectors.analytics;

import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.projectors.platform.fold.FoldStores;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.state.SessionContext;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// Tracking records to visits, in the order of the log.
final class Visits {

    static final String CONTEXTS = "session-contexts";

    /// Bytes per partition: about 8,000 sessions of persons.
    private static final long MAX_DECODED = 4L << 20;

    private final RecentContexts decoded = new RecentContexts(MAX_DECODED);
    private final FoldStore<SessionContext> contexts;

    Visits(FoldStores stores) {
        contexts = stores.records(CONTEXTS);
    }

    Visit of(@Nullable String sessionId, @Nullable SpecificRecord event, SourcePosition position) {
        if (sessionId == null || event == null) {
            throw new UnfoldableException("tracking record without key or value");
        }
        SessionContext previous = decoded.get(sessionId);
        if (previous == null) {
            previous = contexts.get(sessionId);
        }
        SessionContext next = SessionContexts.fold(previous, event);
        List<String> newPages = SessionContexts.newPages(next, event);
        if (!newPages.isEmpty()) {
            next = SessionContexts.withPages(next, newPages);
        }
        if (next != previous) {
            contexts.put(sessionId, next);
        }
        decoded.put(sessionId, next);
        return new Visit(event, next, previous == null, newPages, position);
    }
}
