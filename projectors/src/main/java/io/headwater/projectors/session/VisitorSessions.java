package io.headwater.projectors.session;

import io.headwater.schema.Slots;
import io.headwater.state.SessionVisits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The fold behind [CountedVisit]: a visitor's sessions in the order of the log.
final class VisitorSessions {

    /// The first sessions of a visitor; whatever has more is no person, and its further sessions
    /// all count this many before them.
    static final int MAX_SESSIONS = 500;

    private VisitorSessions() {}

    /// @return the visitor's sessions with this one; the same object when it is among them, or when
    ///   there are too many
    static SessionVisits with(@Nullable SessionVisits previous, String sessionId) {
        if (previous == null) {
            return new SessionVisits(List.of(sessionId));
        }
        List<String> known = previous.getSessionIds();
        if (known.size() >= MAX_SESSIONS || known.contains(sessionId)) {
            return previous;
        }
        var more = new ArrayList<String>(known.size() + 1);
        more.addAll(known);
        more.add(sessionId);
        return new SessionVisits(more);
    }

    /// @param visits with this session, as [#with] returned them
    static int before(SessionVisits visits, String sessionId) {
        int index = visits.getSessionIds().indexOf(sessionId);
        return index < 0 ? visits.getSessionIds().size() : index;
    }

    /// For a visit that comes late: those known by now that began before it, by the time inside
    /// their ids.
    static int begunBefore(SessionVisits visits, String sessionId) {
        Instant begun = Slots.createdAt(sessionId).orElse(Instant.MAX);
        return (int)
                visits.getSessionIds().stream()
                        .flatMap(known -> Slots.createdAt(known).stream())
                        .filter(known -> known.isBefore(begun))
                        .count();
    }
}
