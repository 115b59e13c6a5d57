package io.headwater.projectors.session;

import io.headwater.events.tracking.SessionImported;
import io.headwater.projectors.platform.fold.FoldStore;
import io.headwater.schema.Slots;
import io.headwater.state.SessionVisits;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// How many sessions a visitor had before one of them.
final class EarlierVisits {

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

    private final FoldStore<SessionVisits> visits;

    /// @param visits by visitor
    EarlierVisits(FoldStore<SessionVisits> visits) {
        this.visits = visits;
    }

    /// A session that the server issued carries the slot of its visitor. Another visitor named
    /// later on, or a session id made elsewhere, counts for nobody: neither may raise a score.
    ///
    /// @param event a tracking record of the session
    int of(String sessionId, SpecificRecord event) {
        String visitorId = VisitCounter.visitor(event);
        return visitorId != null && isOf(visitorId, sessionId)
                ? counted(visitorId, sessionId, event)
                : 0;
    }

    /// @return whether sessions of this visitor are counted with this one
    static boolean isOf(String visitorId, String sessionId) {
        return Slots.slotOfVisitor(visitorId) == Slots.slotOfSession(sessionId);
    }

    private int counted(String visitorId, String sessionId, SpecificRecord event) {
        Answer known = remembered.get(sessionId);
        if (known != null && known.visitorId().equals(visitorId)) {
            return known.earlierVisits();
        }
        @Nullable SessionVisits before = visits.get(visitorId);
        SessionVisits after = VisitorSessions.with(before, sessionId);
        if (after != before) {
            visits.put(visitorId, after);
        }
        int earlier =
                event instanceof SessionImported
                        ? VisitorSessions.begunBefore(after, sessionId)
                        : VisitorSessions.before(after, sessionId);
        remembered.put(sessionId, new Answer(visitorId, earlier));
        return earlier;
    }
}
