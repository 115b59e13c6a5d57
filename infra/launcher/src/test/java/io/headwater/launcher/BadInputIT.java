package io.headwater.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What cannot be used is told so: the right status, and a problem document that says why.
class BadInputIT {

    private static final Caller caller = new Caller();
    private static LaunchedPlatform platform;
    private static TestSite site;

    @BeforeAll
    static void up() {
        platform = LaunchedPlatform.shared();
        site = TestSite.make(caller, platform, "bad-input");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"email\":                                             | application/json | 400",
                "[1,2]                                                   | application/json | 400",
                "{\"email\":\"a@example.com\"}                           | application/xml  | 415",
                "{\"email\":\"not an address\"}                          | application/json | 422",
                "{\"first_name\":\"Nobody\"}                             | application/json | 422",
                "{\"email\":\"a@example.com\",\"submitted_at\":\"3026-01-01T00:00:00Z\"} | application/json | 422",
                "{\"email\":\"a@example.com\",\"submitted_at\":\"1926-01-01T00:00:00Z\"} | application/json | 422"
            })
    void aLeadThatCannotBeOne(String body, String type, int status) {
        requireProblem(
                caller.post(
                        platform.commandApi().resolve("/lead.capture"),
                        type,
                        body,
                        site.integration()),
                status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/track/session/start | {\"page\":\"/\"}                               | fingerprint_id",
                "/track/session/start | {\"fingerprint_id\":\"f\"}                     | page",
                "/track/event         | {\"event_type\":\"click\"}                     | session_id",
                "/track/event         | {\"session_id\":\"s\"}                         | event_type",
                "/track/events/batch  | {\"session_id\":\"s\",\"events\":[]}           | events",
                "/track/session/end   | {\"visitor_id\":\"v\"}                         | session_id"
            })
    void aTrackingCallNamesWhatIsMissing(String path, String body, String field) {
        var problem =
                requireProblem(
                        caller.post(
                                platform.commandApi().resolve(path),
                                Caller.JSON_TYPE,
                                body,
                                Map.of()),
                        400);
        assertThat(problem.json().path("errors").toString()).contains(field);
    }

    @Test
    void aBatchOverTheLimitIsRefused() {
        String events =
                IntStream.range(0, 201)
                        .mapToObj(i -> "{\"event_type\":\"click\"}")
                        .collect(Collectors.joining(","));
        requireProblem(
                caller.post(
                        platform.commandApi().resolve("/track/events/batch"),
                        Caller.JSON_TYPE,
                        "{\"session_id\":\"s\",\"events\":[" + events + "]}",
                        Map.of()),
                400);
    }

    @Test
    void anOversizeBodyIsRefused() {
        String start = "{\"email\":\"";
        String end = "\"}";
        int oneTooMany = (1 << 20) + 1;
        byte[] large =
                (start + "a".repeat(oneTooMany - start.length() - end.length()) + end)
                        .getBytes(StandardCharsets.UTF_8);
        requireProblem(
                caller.post(
                        platform.commandApi().resolve("/lead.capture"),
                        Caller.JSON_TYPE,
                        large,
                        site.integration()),
                413);
    }

    @ParameterizedTest
    @CsvSource({"nonsense,typeform", "typeform,nonsense", "typeform,stripe"})
    void aWebhookOfNobodyIsNotFound(String provider, String sourceOf) {
        String id = sourceOf.equals("nonsense") ? "nonsense" : site.source(sourceOf).id();
        requireProblem(
                caller.post(
                        platform.commandApi().resolve("/webhooks/" + provider + "/" + id),
                        Caller.JSON_TYPE,
                        "{}",
                        Map.of()),
                404);
    }

    @Test
    void anAuthenticDeliveryThatCannotBeReadIsRefused() {
        String body = "{\"event_id\": ";
        var source = site.source("typeform");
        requireProblem(
                caller.post(
                        source.url(),
                        Caller.JSON_TYPE,
                        body,
                        Signatures.of("typeform", body, source.secret())),
                400);
    }

    @Test
    void aLeadNeedsAKeyOrAnAllowedPage() {
        String body =
                "{\"siteKey\":\"%s\",\"formId\":\"%s\",\"email\":\"a@example.com\"}"
                        .formatted(site.key(), TestSite.FORM);
        var capture = platform.commandApi().resolve("/lead.capture");
        requireProblem(caller.post(capture, Caller.JSON_TYPE, body, Map.of()), 403);
        requireProblem(
                caller.post(
                        capture,
                        Caller.JSON_TYPE,
                        body,
                        Map.of("Origin", "https://elsewhere.example.org")),
                403);
        requireProblem(
                caller.post(capture, Caller.JSON_TYPE, body, Map.of("X-API-Key", "wrong")), 401);
        assertThat(
                        caller.post(
                                        capture,
                                        Caller.JSON_TYPE,
                                        body,
                                        Map.of("Origin", "https://" + TestSite.DOMAIN))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void otherMethodsAreNotAllowed() {
        var answer = caller.get(platform.commandApi().resolve("/track/event"), Map.of());
        requireProblem(answer, 405);
    }

    @ParameterizedTest
    @CsvSource({
        "/analytics/leads?limit=0,limit",
        "/analytics/leads?limit=many,limit",
        "/analytics/leads?sort=sideways,sort",
        "/analytics/leads?from=yesterday,from",
        "/analytics/leads?cursor=%7Bno%7D,cursor",
        "/analytics/sessions/daily?days=91,days",
        "/analytics/leads/volume?zone=Mars/Base,zone",
        "/replay/sessions?limit=101,limit"
    })
    void aReadNamesItsBadParameter(String path, String field) {
        var problem =
                requireProblem(
                        caller.get(
                                platform.queryApi().resolve(path),
                                Map.of("X-API-Key", platform.adminKey())),
                        400);
        assertThat(problem.json().path("errors").toString()).contains(field);
    }

    @Test
    void readsNeedAKey() {
        var leads = platform.queryApi().resolve("/analytics/leads");
        var answer = requireProblem(caller.get(leads, Map.of()), 401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        requireProblem(caller.get(leads, Map.of("Authorization", "Bearer wrong")), 401);
        String marketing = platform.told().path("marketing_api_key").asString();
        requireProblem(caller.get(leads, Map.of("X-API-Key", marketing)), 403);
    }

    private static Caller.Answer requireProblem(Caller.Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        var problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asString()).startsWith("/problems/");
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("error").asString()).isNotBlank();
        return answer;
    }
}
