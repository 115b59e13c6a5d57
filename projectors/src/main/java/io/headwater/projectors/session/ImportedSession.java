package io.headwater.projectors.session;

import io.headwater.events.tracking.SessionImported;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.schema.Copies;
import io.headwater.views.SessionRow;
import java.util.Objects;

/// The row of a visit that another system recorded. It is scored like any other.
final class ImportedSession {

    private ImportedSession() {}

    static SessionRow row(SessionImported past, CountedVisit visit) {
        int earlier = Objects.requireNonNullElse(past.getReturnVisits(), visit.earlierVisits());
        long duration = past.getDurationSeconds();
        int score =
                Engagement.score(duration, past.getMaxScrollPercent(), past.getClicks(), earlier);
        return SessionRow.newBuilder()
                .setSessionId(past.getSessionId())
                .setVisitorId(past.getVisitorId())
                .setDeviceId(past.getDeviceId())
                .setFingerprintId(past.getFingerprintId())
                .setSiteId(past.getSiteId())
                .setEntryPage(past.getEntryPage())
                .setExitPage(past.getExitPage())
                .setReferrer(past.getReferrer())
                .setEntryPageAsSent(past.getEntryPageAsSent())
                .setExitPageAsSent(past.getExitPageAsSent())
                .setReferrerAsSent(past.getReferrerAsSent())
                .setUtmSource(past.getUtmSource())
                .setUtmMedium(past.getUtmMedium())
                .setUtmCampaign(past.getUtmCampaign())
                .setUtmTerm(past.getUtmTerm())
                .setUtmContent(past.getUtmContent())
                .setDeviceType(past.getDeviceType())
                .setPlatform(past.getPlatform())
                .setBrowser(past.getBrowser())
                .setLanguage(past.getLanguage())
                .setCountry(past.getCountry())
                .setStartedAt(past.getStartedAt())
                .setLastEventAt(past.getStartedAt().plusSeconds(duration))
                .setEndedAt(past.getEndedAt())
                .setEventCount(past.getEventCount())
                .setPageViews(past.getPageViews())
                .setClicks(past.getClicks())
                .setMaxScrollPercent(past.getMaxScrollPercent())
                .setDurationSeconds(duration)
                .setReturnVisits(earlier)
                .setEngagementScore(score)
                .setEngagementLabel(Engagement.label(score))
                .setImported(true)
                .setExternalId(past.getExternalId())
                .setSrcPartition(visit.position().partition())
                .setSrcOffset(visit.position().offset())
                .build();
    }

    static SessionRow unchanged(SessionRow row, SourcePosition position) {
        return Copies.builder(row, SessionRow.newBuilder())
                .setSrcPartition(position.partition())
                .setSrcOffset(position.offset())
                .build();
    }
}
