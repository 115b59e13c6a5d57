package io.headwater.projectors.session;

import io.headwater.events.Pii;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Actions;
import io.headwater.views.SessionRow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A session's row while one record is folded into it.
final class SessionDraft {

    private final String sessionId;
    private @Nullable String visitorId;
    private @Nullable String deviceId;
    private @Nullable String fingerprintId;
    private String siteId;
    private @Nullable String entryPage;
    private @Nullable String exitPage;
    private @Nullable String referrer;
    private @Nullable Pii entryPageAsSent;
    private @Nullable Pii exitPageAsSent;
    private @Nullable Pii referrerAsSent;
    private @Nullable String utmSource;
    private @Nullable String utmMedium;
    private @Nullable String utmCampaign;
    private @Nullable String utmTerm;
    private @Nullable String utmContent;
    private String deviceType = "unknown";
    private @Nullable String platform;
    private @Nullable String browser;
    private @Nullable String language;
    private @Nullable String country;
    private @Nullable Instant startedAt;
    private @Nullable Instant lastEventAt;
    private @Nullable Instant endedAt;
    private int eventCount;
    private int pageViews;
    private int clicks;
    private double maxScrollPercent;
    private int returnVisits;

    SessionDraft(String sessionId, String siteId) {
        this.sessionId = sessionId;
        this.siteId = siteId;
    }

    SessionDraft(SessionRow row) {
        sessionId = row.getSessionId();
        visitorId = row.getVisitorId();
        deviceId = row.getDeviceId();
        fingerprintId = row.getFingerprintId();
        siteId = row.getSiteId();
        entryPage = row.getEntryPage();
        exitPage = row.getExitPage();
        referrer = row.getReferrer();
        entryPageAsSent = row.getEntryPageAsSent();
        exitPageAsSent = row.getExitPageAsSent();
        referrerAsSent = row.getReferrerAsSent();
        utmSource = row.getUtmSource();
        utmMedium = row.getUtmMedium();
        utmCampaign = row.getUtmCampaign();
        utmTerm = row.getUtmTerm();
        utmContent = row.getUtmContent();
        deviceType = row.getDeviceType();
        platform = row.getPlatform();
        browser = row.getBrowser();
        language = row.getLanguage();
        country = row.getCountry();
        startedAt = row.getStartedAt();
        endedAt = row.getEndedAt();
        eventCount = row.getEventCount();
        // Without an event the column repeats the start.
        lastEventAt = eventCount == 0 ? null : row.getLastEventAt();
        pageViews = row.getPageViews();
        clicks = row.getClicks();
        maxScrollPercent = row.getMaxScrollPercent();
        returnVisits = row.getReturnVisits();
    }

    /// The first visitor named stands.
    void visitor(@Nullable String named, int earlierVisits) {
        if (visitorId == null && named != null) {
            visitorId = named;
            returnVisits = earlierVisits;
        }
    }

    void started(SessionStarted start) {
        if (deviceId != null) {
            return; // a repeated start: the first one stands
        }
        deviceId = start.getDeviceId();
        fingerprintId = start.getFingerprintId();
        siteId = start.getSiteId();
        entryPage = start.getPage();
        entryPageAsSent = start.getPageAsSent();
        if (exitPage == null) {
            exitPage = start.getPage();
            exitPageAsSent = start.getPageAsSent();
        }
        referrer = start.getReferrer();
        referrerAsSent = start.getReferrerAsSent();
        utmSource = start.getUtmSource();
        utmMedium = start.getUtmMedium();
        utmCampaign = start.getUtmCampaign();
        utmTerm = start.getUtmTerm();
        utmContent = start.getUtmContent();
        deviceType = start.getDeviceType();
        platform = start.getPlatform();
        browser = start.getBrowser();
        language = start.getLanguage();
        country = start.getCountry();
        startedAt = start.getStartedAt();
    }

    void tracked(EventsTracked batch) {
        earliest(batch.getSessionStartedAt());
        var actions = Actions.of(batch.getEvents());
        eventCount += actions.events();
        pageViews += actions.pageViews();
        clicks += actions.clicks();
        for (TrackedEvent event : batch.getEvents()) {
            tracked(event);
        }
    }

    /// The end is no event: it neither counts nor lengthens the visit.
    void ended(SessionEnded end) {
        earliest(end.getEndedAt());
        Instant at = end.getEndedAt();
        if (endedAt == null || at.isAfter(endedAt)) {
            endedAt = at;
        }
        if (end.getExitPage() != null && !before(at, lastEventAt)) {
            exitPage = end.getExitPage();
            exitPageAsSent = end.getExitPageAsSent();
        }
    }

    SessionRow row(SourcePosition position) {
        Instant started = startedAt == null ? Instant.EPOCH : startedAt;
        Instant last = lastEventAt == null ? started : lastEventAt;
        long duration = Math.max(0, Duration.between(started, last).toSeconds());
        int score = Engagement.score(duration, maxScrollPercent, clicks, returnVisits);
        return new SessionRow(
                sessionId,
                visitorId,
                deviceId,
                fingerprintId,
                siteId,
                entryPage,
                exitPage,
                referrer,
                utmSource,
                utmMedium,
                utmCampaign,
                utmTerm,
                utmContent,
                deviceType,
                platform,
                browser,
                language,
                country,
                started,
                last,
                endedAt,
                eventCount,
                pageViews,
                clicks,
                maxScrollPercent,
                duration,
                returnVisits,
                score,
                Engagement.label(score),
                false,
                null,
                position.partition(),
                position.offset(),
                entryPageAsSent,
                exitPageAsSent,
                referrerAsSent);
    }

    private void tracked(TrackedEvent event) {
        Instant at = event.getOccurredAt();
        earliest(at);
        Double scroll = event.getScrollPercent();
        if (scroll != null && scroll > maxScrollPercent) {
            maxScrollPercent = Math.min(scroll, 100);
        }
        String page = event.getPage();
        if (page != null) {
            if (entryPage == null) {
                entryPage = page;
                entryPageAsSent = event.getPageAsSent();
            }
            if (exitPage == null || !before(at, lastEventAt)) {
                exitPage = page;
                exitPageAsSent = event.getPageAsSent();
            }
        }
        if (lastEventAt == null || at.isAfter(lastEventAt)) {
            lastEventAt = at;
        }
    }

    /// Until a start says when the visit began, it began with the earliest thing known of it.
    private void earliest(@Nullable Instant at) {
        if (deviceId == null && at != null && (startedAt == null || at.isBefore(startedAt))) {
            startedAt = at;
        }
    }

    private static boolean before(Instant at, @Nullable Instant other) {
        return other != null && at.isBefore(other);
    }
}
