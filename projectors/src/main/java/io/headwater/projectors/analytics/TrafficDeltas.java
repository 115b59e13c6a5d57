package io.headwater.projectors.analytics;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.projectors.platform.fold.Actions;
import io.headwater.projectors.platform.fold.Dimensions;
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
/// traffic must not be
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
            default -> null;
        };
    }

    /// @return one per page viewed
    static List<PageViewsRow> pageViews(Visit visit) {
        if (!(visit.event() instanceof EventsTracked batch)) {
            return List.of();
        }
        Map<String, Long> views = new LinkedHashMap<>();
        for (TrackedEvent event : batch.getEvents()) {
            String page = event.getPage();
            if (page != null && Actions.isPageView(event)) {
                views.merge(Dimensions.page(page), 1L, Long::sum);
            }
        }
        Instant bucket = QuarterHour.of(batch.getReceivedAt());
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
