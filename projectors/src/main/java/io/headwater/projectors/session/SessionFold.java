package io.headwater.projectors.session;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.views.SessionRow;
import org.jspecify.annotations.Nullable;

/// One record into the row of its session. Records may come in any order, before the start or after
/// the end; the row is there from the first one on.
///
/// time: client event time, except `started_at`, which the server issued; without a start it is the
/// earliest time known · an imported visit is over: its first record makes the row, nothing changes
/// it
final class SessionFold {

    private SessionFold() {}

    static SessionRow fold(String sessionId, @Nullable SessionRow previous, CountedVisit visit) {
        if (previous != null && previous.getImported()) {
            return ImportedSession.unchanged(previous, visit.position());
        }
        if (previous == null && visit.event() instanceof SessionImported past) {
            return ImportedSession.row(past, visit);
        }
        var draft =
                previous == null
                        ? new SessionDraft(sessionId, Dimensions.DEFAULT_SITE)
                        : new SessionDraft(previous);
        draft.visitor(VisitCounter.visitor(visit.event()), visit.earlierVisits());
        switch (visit.event()) {
            case SessionStarted start -> draft.started(start);
            case EventsTracked batch -> draft.tracked(batch);
            case SessionEnded end -> draft.ended(end);
            case SessionImported _ -> {
                // what was tracked here is known better
            }
            default ->
                    throw new UnfoldableException(
                            visit.event().getSchema().getName() + " is no tracking record");
        }
        return draft.row(visit.position());
    }
}
