package io.headwater.launcher.demo;

import static io.headwater.launcher.demo.DemoApi.JSON;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// One visit of one person, as the tracker in a page reports it: pages, scrolling, clicks.
///
/// Live visits take their time; those of the first minute are told at once, with the times their
/// events would have had.
final class Visit {

    private static final List<String> PAGES =
            List.of(
                    "/",
                    "/projects/harbour-view",
                    "/projects/old-mill",
                    "/projects/parkside",
                    "/prices",
                    "/blog/buying-guide",
                    "/about",
                    "/contact");
    private static final int LIVE_SECONDS_A_PAGE = 20;
    private static final int TOLD_SECONDS_A_PAGE = 75;

    private final DemoApi api;
    private final DemoSite site;
    private final Person person;
    private final RandomGenerator random;
    private final boolean live;
    private Duration told = Duration.ZERO;

    Visit(DemoApi api, DemoSite site, Person person, RandomGenerator random, boolean live) {
        this.api = api;
        this.site = site;
        this.person = person;
        this.random = random;
        this.live = live;
    }

    /// @param engaged stayed long enough to be asked for a name
    record Session(String sessionId, String visitorId, boolean engaged) {}

    Session play() throws IOException, InterruptedException {
        // As the proxy in front of a real installation says where a visitor is.
        var proxied =
                Map.of("CF-IPCountry", person.country(), "User-Agent", person.device().userAgent());
        var started = api.post("/track/session/start", start(), proxied);
        String session = started.path("session_id").stringValue();
        String visitor = started.path("visitor_id").stringValue();
        int pages = 1 + Math.min(random.nextInt(5), random.nextInt(5));
        String page = "/";
        for (int i = 0; i < pages; i++) {
            page = i == 0 ? "/" : Person.one(PAGES, random);
            ObjectNode batch =
                    JSON.createObjectNode().put("session_id", session).put("visitor_id", visitor);
            onPage(page, batch.putArray("events"));
            api.post("/track/events/batch", batch, Map.of());
        }
        if (random.nextInt(100) < 40) {
            api.post(
                    "/track/session/end",
                    JSON.createObjectNode()
                            .put("session_id", session)
                            .put("visitor_id", visitor)
                            .put("exit_page", page)
                            .put("timestamp", now()),
                    Map.of());
        }
        return new Session(session, visitor, pages > 1);
    }

    private ObjectNode start() {
        ObjectNode body =
                JSON.createObjectNode()
                        .put("fingerprint_id", person.fingerprint())
                        .put("site_key", site.siteKey())
                        .put("page", "/");
        optional(body, "referrer", person.referrer());
        optional(body, "utm_source", person.utmSource());
        optional(body, "utm_medium", person.utmMedium());
        optional(body, "utm_campaign", person.utmCampaign());
        var device = person.device();
        body.putObject("device_info")
                .put("user_agent", device.userAgent())
                .put("language", person.language())
                .put("platform", device.platform())
                .put("hardware_concurrency", device.cores())
                .put("device_memory", device.memory());
        body.putObject("screen")
                .put("width", device.width())
                .put("height", device.height())
                .put("color_depth", 24)
                .put("pixel_ratio", 2);
        return body;
    }

    private void onPage(String page, ArrayNode events) throws InterruptedException {
        event(events, "page_view", page);
        int moments = 1 + random.nextInt(4);
        double depth = 0;
        for (int i = 0; i < moments; i++) {
            pass(1 + random.nextInt(live ? LIVE_SECONDS_A_PAGE : TOLD_SECONDS_A_PAGE) / moments);
            if (random.nextBoolean()) {
                depth = Math.min(100, depth + 10 + random.nextInt(50));
                event(events, "scroll", page).put("scroll_percent", depth);
            } else {
                event(events, "click", page)
                        .put("x", random.nextInt(person.device().width()))
                        .put("y", random.nextInt(person.device().height()))
                        .put("element", "a.more");
            }
        }
    }

    private ObjectNode event(ArrayNode events, String type, String page) {
        return events.addObject().put("event_type", type).put("page", page).put("timestamp", now());
    }

    private void pass(int seconds) throws InterruptedException {
        if (live) {
            Thread.sleep(Duration.ofSeconds(seconds));
        } else {
            told = told.plusSeconds(seconds);
        }
    }

    private long now() {
        return Instant.now().plus(told).toEpochMilli();
    }

    static void optional(ObjectNode body, String name, @Nullable String value) {
        if (value != null) {
            body.put(name, value);
        }
    }
}
