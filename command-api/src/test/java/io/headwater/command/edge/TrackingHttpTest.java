package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.tracking.EventsTracked;
import io.headwater.events.tracking.SessionEnded;
import io.headwater.events.tracking.SessionStarted;
import io.headwater.events.tracking.TrackedEvent;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Slots;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class TrackingHttpTest {

    private static final String SESSION = "0198c2f0-a1b2-8c3d-8e4f-5a6b7c8d9e0f";

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    @Test
    void startsAVisit() {
        var answer =
                server.json(
                        "/track/session/start",
                        """
                        {"fingerprint_id":"fp-1","page":"https://x.test/?a=1","site_key":"sk_lakeside",
                         "referrer":"https://search.test","utm_source":"news","utm_campaign":"may",
                         "device_info":{"user_agent":"Mozilla/5.0 (Windows NT 10.0)","language":"de",
                         "platform":"Win32","hardware_concurrency":8},
                         "screen":{"width":1920,"height":1080,"color_depth":24,"pixel_ratio":1.5}}\
                        """,
                        "Origin",
                        "https://www.lakeside.test");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(UUID.fromString(answer.text("session_id")).version()).isEqualTo(8);
        // printf 'visitor:fp-1' | sha256sum; printf 'device:Mozilla/5.0 (Windows NT 10.0)|fp-1' |
        // sha256sum
        assertThat(answer.text("visitor_id"))
                .isEqualTo("3dd76a328053f617fe4a4c739b33ea3a2445df91223e88bdde04e0153db8030e");
        assertThat(answer.text("device_id"))
                .isEqualTo("0052b2fb2c847dc4017b669fd786292c6fa41076a74dffc4548d32014b3d76ce");
        assertThat(answer.json().get("session_started_at").longValue())
                .isEqualTo(answer.json().get("timestamp").longValue());
        var started = server.log.of(SessionStarted.class).getFirst();
        assertThat(started.getSiteId()).isEqualTo("lakeside");
        assertThat(started.getDeviceType()).isEqualTo("desktop");
        assertThat(started.getScreenWidth()).isEqualTo(1920);
        assertThat(PersonalData.open(started.getIp())).isEqualTo("127.0.0.1");
        assertThat(started.getCountry()).isNull();
        var record = server.log.records.getFirst();
        assertThat(record.key()).isEqualTo(answer.text("session_id"));
        assertThat(record.partition())
                .isEqualTo(Slots.partition(Slots.slotOfVisitor(started.getVisitorId()), 4));
    }

    @Test
    void keepsTheVisitorThatTheClientKept() {
        var answer =
                server.json(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"fp-1\",\"page\":\"/\",\"visitor_id\":\"v-kept\"}");

        assertThat(answer.text("visitor_id")).isEqualTo("v-kept");
        assertThat(server.log.of(SessionStarted.class).getFirst().getSiteId()).isEqualTo("main");
    }

    @Test
    void anUnknownSiteIsForbidden() {
        var answer =
                server.json(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"f\",\"page\":\"/\",\"site_key\":\"sk_no\"}");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo("site_not_found");
    }

    @Test
    void keepsOneEvent() {
        var answer =
                server.post(
                        "/track/event",
                        "text/plain;charset=UTF-8",
                        """
                        {"session_id":"%s","event_type":"click","page":"/p?q=ada#x","timestamp":1605866441000,
                         "x":10.6,"y":20,"element":"#buy","session_started_at":1605866440000,
                         "data":{"id":12345678901234567890,"s":"a\\u0000b"}}\
                        """
                                .formatted(SESSION)
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("accepted").intValue()).isEqualTo(1);
        var tracked = server.log.of(EventsTracked.class).getFirst();
        assertThat(tracked.getSessionStartedAt()).isEqualTo(Instant.ofEpochMilli(1605866440000L));
        var event = tracked.getEvents().getFirst();
        assertThat(event.getX()).isEqualTo(11);
        assertThat(event.getOccurredAt()).isEqualTo(Instant.ofEpochMilli(1605866441000L));
        assertThat(event.getPage()).isEqualTo("/p");
        assertThat(PersonalData.open(event.getPageAsSent())).isEqualTo("/p?q=ada#x");
        assertThat(event.getElement()).isNull();
        assertThat(event.getData()).isNull();
        assertThat(PersonalData.open(tracked.getDetails()))
                .isEqualTo(
                        "[{\"element\":\"#buy\",\"data\":\"{\\\"id\\\":12345678901234567890,\\\"s\\\":\\\"a\uFFFDb\\\"}\"}]");
        assertThat(server.log.records.getFirst().partition())
                .isEqualTo(Slots.partition(Slots.slotOfSession(SESSION), 4));
    }

    @Test
    void aBatchIsTakenEventByEvent() {
        long tomorrow = Instant.now().plus(Duration.ofHours(24)).toEpochMilli();

        var answer =
                server.json(
                        "/track/events/batch",
                        """
                        {"session_id":"%s","visitor_id":"v","events":[
                         {"event_type":"page_view","page":"/"},
                         {"event_type":"click","timestamp":5},
                         {"event_type":"click","timestamp":%d},
                         {"timestamp":1605866441000},
                         7,
                         {"event_type":"scroll","scroll_percent":140},
                         {"event_type":"scroll","scroll_percent":50.5,"timestamp":"2020-11-20T10:00:00Z"},
                         {"event_type":"click","timestamp":"soon"}]}\
                        """
                                .formatted(SESSION, tomorrow));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("accepted").intValue()).isEqualTo(2);
        assertThat(answer.json().get("errors").valueStream().map(e -> e.get("index").intValue()))
                .containsExactly(1, 2, 3, 4, 5, 7);
        assertThat(answer.json().get("errors").valueStream().map(e -> e.get("reason").asString()))
                .containsExactly(
                        "timestamp_too_old",
                        "timestamp_in_future",
                        "event_type_missing",
                        "not_an_object",
                        "scroll_percent_out_of_range",
                        "timestamp_unreadable");
        assertThat(server.log.of(EventsTracked.class).getFirst().getEvents()).hasSize(2);
    }

    @Test
    void whatTellsEventsApartIsKept() {
        String batch =
                """
                {"session_id":"%s","window_id":"w1","sent_at":1605866450000,"events":[
                 {"event_type":"click","event_id":"e1","seq":7},
                 {"event_type":"click","event_id":"e2","seq":1e3,"window_id":"w2"},
                 {"event_type":"click"}]}\
                """
                        .formatted(SESSION);

        // as a page sends it: no header may say that it is compressed
        var answer = server.post("/track/events/batch", "text/plain", Gzip.of(batch));

        assertThat(answer.status()).isEqualTo(200);
        var tracked = server.log.of(EventsTracked.class).getFirst();
        assertThat(tracked.getSentAt()).isEqualTo(Instant.ofEpochMilli(1605866450000L));
        assertThat(tracked.getEvents())
                .extracting(
                        TrackedEvent::getEventId, TrackedEvent::getWindowId, TrackedEvent::getSeq)
                .containsExactly(
                        tuple("e1", "w1", 7L), tuple("e2", "w2", null), tuple(null, "w1", null));
    }

    @Test
    void whatGzipMakesOfABodyHasALimit() {
        byte[] bomb = Gzip.of(" ".repeat(4 << 20));
        byte[] broken = {0x1f, (byte) 0x8b, 8, 0};

        assertThat(server.post("/track/event", "text/plain", bomb).status()).isEqualTo(413);
        assertThat(server.post("/track/event", "text/plain", broken).status()).isEqualTo(400);
        assertThat(server.log.records).isEmpty();
    }

    @Test
    void aNumberBeyondAllBoundsIsNoFault() {
        String event =
                "{\"session_id\":\"s\",\"event_type\":\"c\",\"x\":1e400,\"y\":2,\"scroll_percent\":%s}";

        var at = server.json("/track/event", event.formatted("1"));
        var scrolled = server.json("/track/event", event.formatted("-1e400"));
        var both =
                server.json(
                        "/track/events/batch",
                        batch(event.formatted("1e400") + "," + event.formatted("2")));
        var started =
                server.json(
                        "/track/session/start",
                        "{\"fingerprint_id\":\"f\",\"page\":\"/\",\"screen\":{\"width\":1e400,\"height\":900}}");

        assertThat(at.status()).isEqualTo(200);
        var kept = server.log.of(EventsTracked.class).getFirst().getEvents().getFirst();
        assertThat(kept.getX()).isNull();
        assertThat(kept.getY()).isEqualTo(2);
        assertThat(scrolled.status()).isEqualTo(400);
        assertThat(scrolled.json().get("errors").get(0).get("field").asString())
                .isEqualTo("scroll_percent");
        assertThat(both.json().get("accepted").intValue()).isEqualTo(1);
        assertThat(both.json().get("errors").get(0).get("reason").asString())
                .isEqualTo("scroll_percent_out_of_range");
        assertThat(started.status()).isEqualTo(200);
        assertThat(server.log.of(SessionStarted.class).getFirst().getScreenWidth()).isNull();
        assertThat(server.log.of(SessionStarted.class).getFirst().getScreenHeight()).isEqualTo(900);
    }

    @Test
    void aBatchOfBadEventsIsAnswered200() {
        var answer =
                server.json(
                        "/track/events/batch",
                        "{\"session_id\":\"s\",\"events\":[{\"timestamp\":1}]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("accepted").intValue()).isZero();
        assertThat(server.log.records).isEmpty();
    }

    @Test
    void endsAVisit() {
        var answer =
                server.json(
                        "/track/session/end",
                        "{\"session_id\":\"%s\",\"exit_page\":\"/bye\",\"timestamp\":1605866451000}"
                                .formatted(SESSION));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("session_id")).isEqualTo(SESSION);
        assertThat(answer.json().get("ended_at").longValue()).isEqualTo(1605866451000L);
        assertThat(server.log.of(SessionEnded.class).getFirst().getExitPage()).isEqualTo("/bye");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/track/session/start | {\"page\":\"/\"} | fingerprint_id",
                "/track/session/start | {\"fingerprint_id\":\"f\"} | page",
                "/track/event | {\"event_type\":\"click\"} | session_id",
                "/track/event | {\"session_id\":\"s\"} | event_type",
                "/track/event | {\"session_id\":\"s\",\"event_type\":\"c\",\"timestamp\":12} | timestamp",
                "/track/events/batch | {\"events\":[{\"event_type\":\"c\"}]} | session_id",
                "/track/events/batch | {\"session_id\":\"s\"} | events",
                "/track/events/batch | {\"session_id\":\"s\",\"events\":[]} | events",
                "/track/session/end | {\"session_id\":\" \"} | session_id",
                "/track/session/end | {\"session_id\":\"s\",\"timestamp\":9999999999999999} | timestamp"
            })
    void namesTheFieldThatIsMissingOrWrong(String path, String body, String field) {
        var answer = server.json(path, body, "Origin", "https://x.test");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-fields");
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo(field);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://x.test");
        assertThat(server.log.records).isEmpty();
    }

    @Test
    void moreThanTheLimitIsNoBatch() {
        String events = "{\"event_type\":\"c\"},".repeat(200) + "{\"event_type\":\"c\"}";

        var over = server.json("/track/events/batch", batch(events));
        var full =
                server.json(
                        "/track/events/batch", batch(events.substring(events.indexOf(',') + 1)));

        assertThat(over.status()).isEqualTo(400);
        assertThat(full.json().get("accepted").intValue()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/track/session/start",
                "/track/event",
                "/track/events/batch",
                "/track/session/end",
                "/lead.capture"
            })
    void answersPreflights(String path) {
        var answer =
                server.call(
                        "OPTIONS",
                        path,
                        "Origin",
                        "https://any.test",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type,x-custom");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://any.test");
        assertThat(answer.header("Access-Control-Allow-Credentials")).isEqualTo("true");
        assertThat(answer.header("Access-Control-Allow-Headers"))
                .isEqualTo("content-type,x-custom");
        assertThat(answer.header("Access-Control-Max-Age")).isEqualTo("86400");
    }

    @Test
    void theStatusOfACommandMayBeAskedFromAnyPage() {
        var answer =
                server.call(
                        "OPTIONS",
                        "/commands/0198c2f0-a1b2-7c3d-8e4f-5a6b7c8d9e0f",
                        "Origin",
                        "https://any.test",
                        "Access-Control-Request-Method",
                        "GET");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://any.test");
        assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, OPTIONS");
    }

    @Test
    void otherMethodsAreNotAllowedAndOtherCallsUnknown() {
        var get = server.call("GET", "/track/event");
        var unknown = server.json("/track/nothing", "{}");

        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text("type")).isEqualTo("/problems/not-found");
    }

    @Test
    void withoutTheLogNothingIsAccepted() {
        server.log.away = true;

        var answer =
                server.json(
                        "/track/event",
                        "{\"session_id\":\"s\",\"event_type\":\"c\"}",
                        "Origin",
                        "https://x.test");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("detail"))
                .contains("may have been stored")
                .doesNotContain("recognised");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://x.test");
    }

    private static String batch(String events) {
        return "{\"session_id\":\"s\",\"events\":[" + events + "]}";
    }
}
