package io.headwater.command.tracking;

import io.headwater.command.platform.enrich.Enrichment;
import io.headwater.command.platform.enrich.Place;
import io.headwater.command.platform.web.FieldError;
import io.headwater.command.platform.web.ProblemException;
import io.headwater.command.platform.web.ProblemType;
import io.headwater.command.platform.web.Timestamps;
import io.headwater.command.platform.web.body.Address;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Text;
import io.headwater.events.Pii;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Slots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The calls of the tracker → facts. Required members are those of contract.md section 1.
final class TrackingNormaliser {

    static final int ID = 128;
    static final int URL = 2_000;
    static final int LABEL = 500;
    static final int TYPE = 64;

    private final int maxBatch;
    private final long maxEventData;
    private final Enrichment enrichment;

    TrackingNormaliser(TrackingSettings settings, Enrichment enrichment) {
        this.maxBatch = settings.maxBatch();
        this.maxEventData = settings.maxEventData().toBytes();
        this.enrichment = enrichment;
    }

    /// Who calls, as the connection tells it.
    ///
    /// @param place where the address is, by a trusted proxy or the operator's files
    /// @param botScore 1 (robot) to 99 (person), by a trusted proxy
    record Peer(String ip, @Nullable String userAgent, Place place, @Nullable Integer botScore) {}

    /// One event of a batch that was refused.
    record Refusal(int index, String reason) {}

    /// @param events null when every event was refused
    record Batch(
            String sessionId, @Nullable EventsTracked events, int accepted, List<Refusal> errors) {}

    /// @param siteId found by the caller's `site_key`
    /// @throws ProblemException 400 when a required member is missing
    SessionStarted start(
            JsonNode body, String siteId, Peer peer, Instant now, RandomGenerator random) {
        requireText(body, "fingerprint_id", ID, "page", URL);
        String fingerprint = text(body, "fingerprint_id", ID);
        JsonNode device = body.path("device_info");
        JsonNode screen = body.path("screen");
        String told = Text.field(Json.text(device.get("user_agent")), 1_000);
        String userAgent = told != null ? told : Text.field(peer.userAgent(), 1_000);
        var agent = enrichment.agent(userAgent);
        String kept = optional(body, "visitor_id", ID);
        String visitorId = kept != null ? kept : Identity.visitorId(fingerprint);
        var page = Address.of(text(body, "page", URL));
        var referrer = Address.of(optional(body, "referrer", URL));
        return SessionStarted.newBuilder()
                .setSessionId(Slots.newSessionId(visitorId, now, random))
                .setVisitorId(visitorId)
                .setDeviceId(Identity.deviceId(userAgent == null ? "" : userAgent, fingerprint))
                .setFingerprintId(fingerprint)
                .setSiteId(siteId)
                .setPage(page.shown(""))
                .setPageAsSent(page.asSent())
                .setReferrer(referrer.shown())
                .setReferrerAsSent(referrer.asSent())
                .setUtmSource(optional(body, "utm_source", 200))
                .setUtmMedium(optional(body, "utm_medium", 200))
                .setUtmCampaign(optional(body, "utm_campaign", 200))
                .setUtmTerm(optional(body, "utm_term", 200))
                .setUtmContent(optional(body, "utm_content", 200))
                .setDeviceType(agent == null ? "unknown" : agent.device())
                .setPlatform(optional(device, "platform", 100))
                .setBrowser(agent == null ? null : agent.browser())
                .setLanguage(optional(device, "language", 100))
                .setCountry(peer.place().country())
                .setAsn(peer.place().asn())
                .setHosting(peer.place().hosting())
                .setBotScore(peer.botScore())
                .setScreenWidth(integer(screen.get("width")))
                .setScreenHeight(integer(screen.get("height")))
                .setUserAgent(PersonalData.ofNullable(userAgent))
                .setIp(PersonalData.ofNullable(peer.ip()))
                .setStartedAt(now)
                .setReceivedAt(now)
                .build();
    }

    /// @throws ProblemException 400 when a required member is missing or the event cannot be true
    EventsTracked event(JsonNode body, Instant now) {
        requireText(body, "session_id", ID, "event_type", TYPE);
        switch (read(body, now)) {
            case Verdict.Refused(var field, var reason) -> throw invalid(field, reason);
            case Verdict.Read(var event) -> {
                return tracked(body, List.of(event), now);
            }
        }
    }

    /// @throws ProblemException 400 for a missing session, an empty batch or one over the limit
    Batch batch(JsonNode body, Instant now) {
        requireText(body, "session_id", ID);
        JsonNode sent = body.path("events");
        if (!sent.isArray() || sent.isEmpty() || sent.size() > maxBatch) {
            throw invalid("events", "must hold 1 to " + maxBatch + " events");
        }
        var events = new ArrayList<Told>(sent.size());
        var refusals = new ArrayList<Refusal>();
        for (int i = 0; i < sent.size(); i++) {
            switch (read(sent.get(i), now)) {
                case Verdict.Read(var event) -> events.add(event);
                case Verdict.Refused(_, var reason) -> refusals.add(new Refusal(i, reason));
            }
        }
        return new Batch(
                text(body, "session_id", ID),
                events.isEmpty() ? null : tracked(body, events, now),
                events.size(),
                refusals);
    }

    /// @throws ProblemException 400 when the session is missing or the time cannot be true
    SessionEnded end(JsonNode body, Instant now) {
        requireText(body, "session_id", ID);
        Instant endedAt = now;
        switch (time(body.get("timestamp"), now)) {
            case Time.Wrong(var reason) -> throw invalid("timestamp", reason);
            case Time.Told(var told) -> endedAt = told;
            case Time.Absent() -> {}
        }
        var exit = Address.of(optional(body, "exit_page", URL));
        return SessionEnded.newBuilder()
                .setSessionId(text(body, "session_id", ID))
                .setVisitorId(optional(body, "visitor_id", ID))
                .setExitPage(exit.shown())
                .setExitPageAsSent(exit.asSent())
                .setEndedAt(endedAt)
                .setReceivedAt(now)
                .build();
    }

    private static EventsTracked tracked(JsonNode body, List<Told> events, Instant now) {
        // pages repeat, and what is the same object is sealed once
        var pages = new HashMap<String, @Nullable Pii>();
        String window = optional(body, "window_id", ID);
        for (var one : events) {
            var page = one.page();
            if (one.event().getWindowId() == null) {
                one.event().setWindowId(window);
            }
            one.event().setPage(page.shown());
            if (page.sent() != null) {
                one.event().setPageAsSent(pages.computeIfAbsent(page.sent(), _ -> page.asSent()));
            }
        }
        return new EventsTracked(
                text(body, "session_id", ID),
                optional(body, "visitor_id", ID),
                told(body, "session_started_at", now),
                events.stream().map(one -> one.event().build()).toList(),
                now,
                PersonalData.ofNullable(
                        EventDetails.write(events.stream().map(Told::details).toList())),
                told(body, "sent_at", now));
    }

    private static @Nullable Instant told(JsonNode body, String member, Instant now) {
        return time(body.get(member), now) instanceof Time.Told(var told) ? told : null;
    }

    private Verdict read(JsonNode event, Instant now) {
        if (!event.isObject()) {
            return new Verdict.Refused("events", "not_an_object");
        }
        String type = Text.field(Json.text(event.get("event_type")), TYPE + 1);
        if (type == null) {
            return new Verdict.Refused("event_type", "event_type_missing");
        }
        if (type.length() > TYPE) {
            return new Verdict.Refused("event_type", "event_type_too_long");
        }
        Instant occurredAt = now;
        switch (time(event.get("timestamp"), now)) {
            case Time.Wrong(var reason) -> {
                return new Verdict.Refused("timestamp", reason);
            }
            case Time.Told(var told) -> occurredAt = told;
            case Time.Absent() -> {}
        }
        JsonNode told = event.path("scroll_percent");
        Double percent = told.isNumber() ? (Double) number(told) : null;
        if (percent != null && !(percent >= 0 && percent <= 100)) {
            return new Verdict.Refused("scroll_percent", "scroll_percent_out_of_range");
        }
        JsonNode data = event.path("data");
        String dataText = data.isObject() && !data.isEmpty() ? Json.write(data) : null;
        if (dataText != null && dataText.length() > maxEventData) {
            return new Verdict.Refused("data", "data_too_large");
        }
        return new Verdict.Read(
                new Told(
                        TrackedEvent.newBuilder()
                                .setType(type)
                                .setOccurredAt(occurredAt)
                                .setX(integer(event.get("x")))
                                .setY(integer(event.get("y")))
                                .setScrollPercent(percent)
                                .setEventId(optional(event, "event_id", ID))
                                .setWindowId(optional(event, "window_id", ID))
                                .setSeq(sequence(event.get("seq"))),
                        Address.of(optional(event, "page", URL)),
                        new EventDetails(optional(event, "element", LABEL), dataText)));
    }

    private static Time time(@Nullable JsonNode told, Instant now) {
        String text = Text.field(Json.text(told), 64);
        if (text == null) {
            return new Time.Absent();
        }
        Instant parsed = Timestamps.parse(text.endsWith(".0") ? text.replace(".0", "") : text);
        if (parsed == null) {
            int point = text.indexOf('.');
            parsed = point > 0 ? Timestamps.parse(text.substring(0, point)) : null;
        }
        if (parsed == null) {
            return new Time.Wrong("timestamp_unreadable");
        }
        String absurdity = Timestamps.absurdity(parsed, now);
        return absurdity != null ? new Time.Wrong(absurdity) : new Time.Told(parsed);
    }

    private static @Nullable Integer integer(@Nullable JsonNode node) {
        if (node == null || !node.isNumber()) {
            return null;
        }
        double value = number(node);
        return Math.abs(value) <= Integer.MAX_VALUE ? (Integer) (int) Math.round(value) : null;
    }

    private static @Nullable Long sequence(@Nullable JsonNode node) {
        return node != null && node.isIntegralNumber() && node.canConvertToLong()
                ? (Long) node.longValue()
                : null;
    }

    /// @return NaN for what is larger than any double, which no comparison holds for
    private static double number(JsonNode node) {
        return node.asDouble(Double.NaN);
    }

    private static @Nullable String optional(JsonNode body, String member, int limit) {
        return Text.field(Json.text(body.get(member)), limit);
    }

    private static String text(JsonNode body, String member, int limit) {
        return Objects.requireNonNull(optional(body, member, limit));
    }

    /// @param membersAndLimits name, most characters, name, most characters …
    private static void requireText(JsonNode body, Object... membersAndLimits) {
        if (!body.isObject()) {
            throw ProblemType.MALFORMED_BODY.with("The body must be one object.").asException();
        }
        var errors = new ArrayList<FieldError>();
        for (int i = 0; i < membersAndLimits.length; i += 2) {
            String member = (String) membersAndLimits[i];
            int limit = (int) membersAndLimits[i + 1];
            String value = optional(body, member, limit + 1);
            if (value == null) {
                errors.add(new FieldError(member, "is required"));
            } else if (value.length() > limit && limit <= ID) {
                errors.add(new FieldError(member, "is longer than " + limit + " characters"));
            }
        }
        if (!errors.isEmpty()) {
            throw ProblemType.INVALID_FIELDS
                    .with("Required members are missing or invalid; see errors.")
                    .on(errors)
                    .asException();
        }
    }

    private static ProblemException invalid(String field, String message) {
        return ProblemType.INVALID_FIELDS
                .with("A member is invalid; see errors.")
                .on(List.of(new FieldError(field, message)))
                .asException();
    }

    /// One event, and what of it is sealed.
    private record Told(TrackedEvent.Builder event, Address page, EventDetails details) {}

    private sealed interface Verdict {
        record Read(Told event) implements Verdict {}

        record Refused(String field, String reason) implements Verdict {}
    }

    private sealed interface Time {
        record Told(Instant at) implements Time {}

        record Wrong(String reason) implements Time {}

        record Absent() implements Time {}
    }
}
