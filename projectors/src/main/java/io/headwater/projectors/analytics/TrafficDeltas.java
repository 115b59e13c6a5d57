package io.headwater.projectors.analytics;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.projectors.platform.fold.Actions;
import io.headwater.projectors.platform.fold.QuarterHour;
import io.headwater.views.PageViewsRow;
import io.headwater.views.TrafficRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one tracking record adds to the traffic of its quarter hour.
///
/// A session is counted at its first record, whatever that is, with the dimensions known then: as
/// many sessions are counted as there are rows of sessions.
///
/// time: when the server received it: client clocks are off by hours at times, and a chart of
/// traffic must not be. A visit that is imported counts when it began: it is as old as it says
final class TrafficDeltas {

    private TrafficDeltas() {}

    /// @return null when the record adds nothing: starts and ends of sessions that are counted
    ///   already
    static @Nullable TrafficRow traffic(Visit visit) {
        long sessions = visit.first() ? 1 : 0;
        return switch (visit.event()) {
            case EventsTracked batch ->
                    traffic(visit, batch.getReceivedAt(), sessions, Actions.of(batch.getEvents()));
            case SessionStarted start when visit.first() ->
                    traffic(visit, start.getReceivedAt(), sessions, Actions.NONE);
            case SessionEnded end when visit.first() ->
                    traffic(visit, end.getReceivedAt(), sessions, Actions.NONE);
            case SessionImported past when visit.first() ->
                    traffic(visit, past.getStartedAt(), sessions, actions(past));
            default -> null;
        };
    }

    /// @return one per page viewed
    static List<PageViewsRow> pageViews(Visit visit) {
        Instant time =
                switch (visit.event()) {
                    case EventsTracked batch -> batch.getReceivedAt();
                    case SessionImported past when visit.first() -> past.getStartedAt();
                    default -> null;
                };
        if (time == null) {
            return List.of();
        }
        Map<String, Long> views = new LinkedHashMap<>();
        SessionContexts.viewed(visit.event()).forEach(page -> views.merge(page, 1L, Long::sum));
        Instant bucket = QuarterHour.of(time);
        return views.entrySet().stream()
                .map(page ->
                        new PageViewsRow(
                                visit.context().getSiteId(),
                                bucket,
                                page.getKey(),
                                page.getValue(),
                                visit.newPages().contains(page.getKey()) ? 1L : 0L,
                                visit.position().partition(),
                                visit.position().offset()))
                .toList();
    }

    private static Actions actions(SessionImported past) {
        return new Actions(past.getEventCount(), past.getPageViews(), past.getClicks());
    }

    private static TrafficRow traffic(
            Visit visit, Instant receivedAt, long sessions, Actions actions) {
        var context = visit.context();
        return new TrafficRow(
                context.getSiteId(),
                QuarterHour.of(receivedAt),
                context.getSource(),
                context.getCampaign(),
                context.getCountry(),
                context.getDevice(),
                sessions,
                (long) actions.events(),
                (long) actions.pageViews(),
                (long) actions.clicks(),
                visit.position().partition(),
                visit.position().offset());
    }
}
