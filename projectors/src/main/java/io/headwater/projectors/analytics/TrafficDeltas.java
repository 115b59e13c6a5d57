package io.headwater.projectors.analytics;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.projectors.platform.SourcePosition;
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
/// time: when the server received it: client clocks are off by hours at times, and a chart of
/// traffic must not be
final class TrafficDeltas {

    private TrafficDeltas() {}

    /// @return null when the record adds nothing: ends, repeated starts
    static @Nullable TrafficRow traffic(Visit visit) {
        return switch (visit.event()) {
            case SessionStarted start when visit.started() ->
                    traffic(visit, start.getReceivedAt(), 1, 0, 0, 0);
            case EventsTracked batch -> {
                long views = 0;
                long clicks = 0;
                for (TrackedEvent event : batch.getEvents()) {
                    switch (event.getType()) {
                        case "page_view" -> views++;
                        case "click" -> clicks++;
                        default -> {
                            // counts as an event only
                        }
                    }
                }
                yield traffic(
                        visit, batch.getReceivedAt(), 0, batch.getEvents().size(), views, clicks);
            }
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
            if (page != null && event.getType().equals("page_view")) {
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

    static TrafficRow add(TrafficRow a, TrafficRow b) {
        var newest =
                new SourcePosition(a.getSrcPartition(), a.getSrcOffset())
                        .newest(new SourcePosition(b.getSrcPartition(), b.getSrcOffset()));
        return new TrafficRow(
                a.getSiteId(),
                a.getBucket(),
                a.getSource(),
                a.getCampaign(),
                a.getCountry(),
                a.getDevice(),
                a.getSessions() + b.getSessions(),
                a.getEvents() + b.getEvents(),
                a.getPageViews() + b.getPageViews(),
                a.getClicks() + b.getClicks(),
                newest.partition(),
                newest.offset());
    }

    static PageViewsRow add(PageViewsRow a, PageViewsRow b) {
        var newest =
                new SourcePosition(a.getSrcPartition(), a.getSrcOffset())
                        .newest(new SourcePosition(b.getSrcPartition(), b.getSrcOffset()));
        return new PageViewsRow(
                a.getSiteId(),
                a.getBucket(),
                a.getPage(),
                a.getViews() + b.getViews(),
                a.getUniqueSessions() + b.getUniqueSessions(),
                newest.partition(),
                newest.offset());
    }

    private static TrafficRow traffic(
            Visit visit, Instant receivedAt, long sessions, long events, long views, long clicks) {
        var context = visit.context();
        return new TrafficRow(
                context.getSiteId(),
                QuarterHour.of(receivedAt),
                context.getSource(),
                context.getCampaign(),
                context.getCountry(),
                context.getDevice(),
                sessions,
                events,
                views,
                clicks,
                visit.position().partition(),
                visit.position().offset());
    }
}
