package io.headwater.projectors.visit;

import static io.headwater.projectors.platform.fold.Dimensions.campaign;
import static io.headwater.projectors.platform.fold.Dimensions.country;
import static io.headwater.projectors.platform.fold.Dimensions.device;
import static io.headwater.projectors.platform.fold.Dimensions.referrerHost;
import static io.headwater.projectors.platform.fold.Dimensions.source;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.state.SessionContext;
import io.headwater.state.SessionVisits;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The fold behind [Visit]: what a session's records say about it, in the order of the log.
///
/// The first start gives the dimensions; until it comes, and for sessions that never had one, they
/// are unknown. Further starts of the same session change nothing. The visitor is the first one
/// named.
final class Contexts {

    /// Site of sessions whose start was never seen.
    static final String DEFAULT_SITE = "main";

    static final int MAX_SESSIONS = 500;
    static final int MAX_PAGES = 200;
    static final String PAGE_VIEW = "page_view";

    private Contexts() {}

    /// @return the context with what the event says about site, visitor and dimensions; the same
    ///   object when it says nothing new
    static SessionContext fold(@Nullable SessionContext previous, SpecificRecord event) {
        if (event instanceof SessionStarted start && (previous == null || !previous.getStarted())) {
            return new SessionContext(
                    previous == null || previous.getVisitorId() == null
                            ? start.getVisitorId()
                            : previous.getVisitorId(),
                    start.getSiteId(),
                    source(
                            start.getUtmSource(),
                            referrerHost(start.getReferrer(), start.getPage())),
                    campaign(start.getUtmCampaign()),
                    country(start.getCountry()),
                    device(start.getDeviceType()),
                    previous == null ? 0 : previous.getReturnVisits(),
                    previous == null ? List.of() : previous.getPages(),
                    true);
        }
        String visitor = visitor(event);
        if (previous == null) {
            return new SessionContext(
                    visitor,
                    DEFAULT_SITE,
                    Dimensions.DIRECT,
                    Dimensions.NO_CAMPAIGN,
                    Dimensions.UNKNOWN_COUNTRY,
                    Dimensions.UNKNOWN_DEVICE,
                    0,
                    List.of(),
                    false);
        }
        return previous.getVisitorId() == null && visitor != null
                ? with(previous, visitor, previous.getReturnVisits(), previous.getPages())
                : previous;
    }

    /// @return the visitor's sessions with this one; the same object when it is among them
    static SessionVisits visit(@Nullable SessionVisits previous, String sessionId) {
        if (previous == null) {
            return new SessionVisits(List.of(sessionId), 1L);
        }
        if (previous.getSessionIds().contains(sessionId)) {
            return previous;
        }
        var newest = new ArrayList<>(previous.getSessionIds());
        newest.add(sessionId);
        if (newest.size() > MAX_SESSIONS) {
            newest.removeFirst();
        }
        return new SessionVisits(newest, previous.getCount() + 1);
    }

    static SessionContext withReturnVisits(SessionContext context, long earlier) {
        return with(
                context,
                context.getVisitorId(),
                (int) Math.min(earlier, Integer.MAX_VALUE),
                context.getPages());
    }

    static SessionContext withPages(SessionContext context, List<String> newPages) {
        var pages = new ArrayList<>(context.getPages());
        pages.addAll(newPages);
        return with(context, context.getVisitorId(), context.getReturnVisits(), pages);
    }

    /// @return paths viewed in this record for the first time in the session; none beyond the cap
    static List<String> newPages(SessionContext context, SpecificRecord event) {
        if (!(event instanceof EventsTracked tracked) || context.getPages().size() >= MAX_PAGES) {
            return List.of();
        }
        var fresh = new LinkedHashSet<String>();
        for (TrackedEvent one : tracked.getEvents()) {
            String page = one.getPage();
            if (page != null && PAGE_VIEW.equals(one.getType())) {
                String path = Dimensions.page(page);
                if (!context.getPages().contains(path)) {
                    fresh.add(path);
                }
            }
        }
        return fresh.isEmpty()
                ? List.of()
                : fresh.stream().limit(MAX_PAGES - context.getPages().size()).toList();
    }

    private static @Nullable String visitor(SpecificRecord event) {
        return switch (event) {
            case SessionStarted start -> start.getVisitorId();
            case EventsTracked tracked -> tracked.getVisitorId();
            case SessionEnded end -> end.getVisitorId();
            default ->
                    throw new UnfoldableException(
                            event.getSchema().getName() + " is no tracking record");
        };
    }

    private static SessionContext with(
            SessionContext context,
            @Nullable String visitor,
            int returnVisits,
            List<String> pages) {
        return new SessionContext(
                visitor,
                context.getSiteId(),
                context.getSource(),
                context.getCampaign(),
                context.getCountry(),
                context.getDevice(),
                returnVisits,
                pages,
                context.getStarted());
    }
}
