package io.headwater.command.intake.imports;

import static io.headwater.command.intake.imports.BadCellException.invalid;
import static io.headwater.command.intake.imports.SessionField.*;

import io.headwater.command.platform.Sha256;
import io.headwater.command.platform.contact.Countries;
import io.headwater.command.platform.enrich.Agent;
import io.headwater.command.platform.enrich.Enrichment;
import io.headwater.command.platform.web.body.Address;
import io.headwater.command.platform.web.body.Json;
import io.headwater.events.Pii;
import io.headwater.events.tracking.SessionImported;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Slots;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// A row of past sessions → the fact. Pure but for the look-up of user agents.
@Component
final class SessionNormaliser {

    private static final int URL = 2_000;
    private static final int LABEL = 200;
    private static final int MAX_PAGES = 200;
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Enrichment enrichment;

    SessionNormaliser(Enrichment enrichment) {
        this.enrichment = enrichment;
    }

    private record Span(Instant startedAt, Instant endedAt, long seconds) {}

    /// @throws BadCellException when a cell is missing or cannot be true
    SessionImported read(SessionCells cells, String siteId, Instant now) {
        String external = cells.required(SESSION_ID, cells.id(SESSION_ID));
        String visitor = cells.id(VISITOR_ID);
        Span span = span(cells, now);
        List<String> pages = cells.pages(URL);
        int pageViews = pageViews(cells, pages);
        int clicks = Objects.requireNonNullElse(cells.count(CLICKS), 0);
        int events = Objects.requireNonNullElse(cells.count(EVENT_COUNT), 0);
        String entry = cells.text(ENTRY_PAGE, URL);
        String exit = cells.text(EXIT_PAGE, URL);
        var viewed = pages.stream().limit(MAX_PAGES).map(Address::of).toList();
        var first = Address.of(entry == null && !pages.isEmpty() ? pages.getFirst() : entry);
        var last = Address.of(exit == null && !pages.isEmpty() ? pages.getLast() : exit);
        var referrer = Address.of(cells.text(REFERRER, URL));
        Agent agent = enrichment.agent(cells.text(USER_AGENT, 1_000));
        String platform = cells.text(PLATFORM, LABEL);
        String browser = cells.text(BROWSER, LABEL);
        return SessionImported.newBuilder()
                .setSessionId(sessionId(siteId, external, visitor, span.startedAt()))
                .setExternalId(external)
                .setVisitorId(visitor)
                .setDeviceId(cells.id(DEVICE_ID))
                .setFingerprintId(cells.id(FINGERPRINT_ID))
                .setSiteId(siteId)
                .setStartedAt(span.startedAt())
                .setEndedAt(span.endedAt())
                .setDurationSeconds(span.seconds())
                .setEventCount(Math.max(events, pageViews + clicks))
                .setPageViews(pageViews)
                .setClicks(clicks)
                .setMaxScrollPercent(
                        Objects.requireNonNullElse(cells.percent(MAX_SCROLL_PERCENT), 0.0))
                .setPages(viewed.stream().map(page -> page.shown("")).toList())
                .setPagesAsSent(asSent(viewed))
                .setEntryPage(first.shown())
                .setEntryPageAsSent(PersonalData.ofNullable(first.sent()))
                .setExitPage(last.shown())
                .setExitPageAsSent(last.asSent())
                .setReferrer(referrer.shown())
                .setReferrerAsSent(referrer.asSent())
                .setUtmSource(cells.text(UTM_SOURCE, LABEL))
                .setUtmMedium(cells.text(UTM_MEDIUM, LABEL))
                .setUtmCampaign(cells.text(UTM_CAMPAIGN, LABEL))
                .setUtmTerm(cells.text(UTM_TERM, LABEL))
                .setUtmContent(cells.text(UTM_CONTENT, LABEL))
                .setDeviceType(device(cells.text(DEVICE_TYPE, LABEL), agent))
                .setPlatform(platform == null && agent != null ? agent.os() : platform)
                .setBrowser(browser == null && agent != null ? agent.browser() : browser)
                .setLanguage(cells.text(LANGUAGE, LABEL))
                .setCountry(country(cells))
                .setReturnVisits(returnVisits(cells))
                .setReceivedAt(now)
                .build();
    }

    private static @Nullable Pii asSent(List<Address> pages) {
        return pages.stream().allMatch(page -> page.asSent() == null)
                ? null
                : PersonalData.of(Json.write(pages.stream().map(Address::sent).toList()));
    }

    /// The same for the same row, so that a row that comes again is the same session wherever it is
    /// folded, whether anybody remembers it or not.
    private static String sessionId(
            String siteId, String external, @Nullable String visitor, Instant startedAt) {
        byte[] hash = Sha256.of((siteId + "\n" + external).getBytes(StandardCharsets.UTF_8));
        long bits = ByteBuffer.wrap(hash).getLong();
        return Slots.newSessionId(visitor == null ? external : visitor, startedAt, () -> bits);
    }

    private static Span span(SessionCells cells, Instant now) {
        Instant start = cells.required(STARTED_AT, cells.time(STARTED_AT, now));
        Instant end = cells.time(ENDED_AT, now);
        Long told = cells.seconds(DURATION_SECONDS);
        if (end == null) {
            long seconds = told == null ? 0 : told;
            requireShort(DURATION_SECONDS, seconds);
            if (start.plusSeconds(seconds).isAfter(now)) {
                throw invalid(DURATION_SECONDS, "reaches into the future");
            }
            return new Span(start, start.plusSeconds(seconds), seconds);
        }
        if (end.isBefore(start)) {
            throw invalid(ENDED_AT, "lies before started_at");
        }
        long between = Duration.between(start, end).toSeconds();
        requireShort(ENDED_AT, between);
        // exports round each of the three by itself
        if (told != null && told > between + 1) {
            throw invalid(DURATION_SECONDS, "is more than from started_at to ended_at");
        }
        return new Span(start, end, told == null ? between : Math.min(told, between));
    }

    private static void requireShort(SessionField field, long seconds) {
        if (seconds > LONGEST.toSeconds()) {
            throw invalid(field, "makes the session longer than " + LONGEST.toDays() + " days");
        }
    }

    private static int pageViews(SessionCells cells, List<String> pages) {
        Integer told = cells.count(PAGE_VIEWS);
        if (told != null && told < pages.size()) {
            throw invalid(PAGE_VIEWS, "is less than the " + pages.size() + " pages listed");
        }
        return told == null ? pages.size() : told;
    }

    private static String device(@Nullable String told, @Nullable Agent agent) {
        if (told == null) {
            return agent == null ? "unknown" : agent.device();
        }
        return switch (told.toLowerCase(Locale.ROOT)) {
            case "desktop", "computer", "laptop" -> "desktop";
            case "mobile", "smartphone", "phone", "phablet", "feature phone" -> "mobile";
            case "tablet" -> "tablet";
            case "bot" -> "bot";
            default -> "unknown";
        };
    }

    private static @Nullable String country(SessionCells cells) {
        String told = cells.text(COUNTRY, LABEL);
        String code = Countries.alpha2(told);
        if (told != null && code == null && !told.equalsIgnoreCase("unknown")) {
            throw invalid(COUNTRY, "is no country of ISO 3166: " + told);
        }
        return code;
    }

    private static @Nullable Integer returnVisits(SessionCells cells) {
        Integer told = cells.count(RETURN_VISITS);
        Integer number = cells.count(SESSION_NUMBER);
        return told != null || number == null ? told : (Integer) Math.max(0, number - 1);
    }
}
