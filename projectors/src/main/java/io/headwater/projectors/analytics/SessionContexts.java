package io.headwater.projectors.analytics;

import static io.headwater.projectors.platform.fold.Dimensions.campaign;
import static io.headwater.projectors.platform.fold.Dimensions.country;
import static io.headwater.projectors.platform.fold.Dimensions.device;
import static io.headwater.projectors.platform.fold.Dimensions.referrerHost;
import static io.headwater.projectors.platform.fold.Dimensions.source;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionImported;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.projectors.platform.fold.Actions;
import io.headwater.projectors.platform.fold.Dimensions;
import io.headwater.state.SessionContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// The fold behind [Visit]: what a session's records say about it, in the order of the log.
///
/// The first start gives the dimensions; until it comes, and for sessions that never had one, they
/// are unknown. Further starts of the same session change nothing. Of pages seen only a hash is
/// kept: whether a page is new is all that is asked.
final class SessionContexts {

    static final int MAX_PAGES = 200;

    private SessionContexts() {}

    /// @return the context with what the event says about site and dimensions; the same object when
    ///   it says nothing new
    static SessionContext fold(@Nullable SessionContext previous, SpecificRecord event) {
        if (event instanceof SessionStarted start && (previous == null || !previous.getStarted())) {
            return new SessionContext(
                    start.getSiteId(),
                    source(
                            start.getUtmSource(),
                            referrerHost(start.getReferrer(), start.getPage())),
                    campaign(start.getUtmCampaign()),
                    country(start.getCountry()),
                    device(start.getDeviceType()),
                    previous == null ? List.of() : previous.getPages(),
                    true);
        }
        if (previous != null) {
            return previous;
        }
        if (event instanceof SessionImported past) {
            return new SessionContext(
                    past.getSiteId(),
                    source(
                            past.getUtmSource(),
                            referrerHost(past.getReferrer(), past.getEntryPage())),
                    campaign(past.getUtmCampaign()),
                    country(past.getCountry()),
                    device(past.getDeviceType()),
                    List.of(),
                    true);
        }
        return new SessionContext(
                Dimensions.DEFAULT_SITE,
                Dimensions.DIRECT,
                Dimensions.NO_CAMPAIGN,
                Dimensions.UNKNOWN_COUNTRY,
                Dimensions.UNKNOWN_DEVICE,
                List.of(),
                false);
    }

    static SessionContext withPages(SessionContext context, List<String> newPages) {
        List<Long> pages = new ArrayList<>(context.getPages());
        newPages.forEach(page -> pages.add(hash(page)));
        return new SessionContext(
                context.getSiteId(),
                context.getSource(),
                context.getCampaign(),
                context.getCountry(),
                context.getDevice(),
                pages,
                context.getStarted());
    }

    /// @return paths viewed in this record for the first time in the session; none beyond the cap
    static List<String> newPages(SessionContext context, SpecificRecord event) {
        if (context.getPages().size() >= MAX_PAGES) {
            return List.of();
        }
        var fresh = new LinkedHashSet<>(viewed(event));
        fresh.removeIf(path -> context.getPages().contains(hash(path)));
        return fresh.isEmpty()
                ? List.of()
                : fresh.stream().limit(MAX_PAGES - context.getPages().size()).toList();
    }

    /// @return the path of every page view in this record, in order
    static List<String> viewed(SpecificRecord event) {
        return switch (event) {
            case EventsTracked tracked ->
                    tracked.getEvents().stream()
                            .filter(one -> one.getPage() != null && Actions.isPageView(one))
                            .map(one -> Dimensions.page(String.valueOf(one.getPage())))
                            .toList();
            case SessionImported past -> past.getPages().stream().map(Dimensions::page).toList();
            default -> List.of();
        };
    }

    /// FNV-1a over the characters. Stands in the state: to change it is a new generation. Who makes
    /// two paths collide hides a page of an own visit.
    private static long hash(String path) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
