package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.schema.PersonalData;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How deliveries may come and what becomes of odd ones, whoever sends them.
@SuppressWarnings("NullAway.Init")
class WebhookEdgeHttpTest {

    private static final String GENERIC = "/webhooks/generic/x1";
    private static final String[] KEY = {"X-API-Key", "generic-key-1"};

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    @Test
    void aQueryStringIsADelivery() {
        var got = server.call("GET", GENERIC + "?email=q%40example.test&utm_source=x", KEY);
        var posted = server.post(GENERIC + "?email=p%40example.test", "", new byte[0], KEY);

        assertThat(got.status()).isEqualTo(200);
        assertThat(posted.status()).isEqualTo(200);
        assertThat(server.log.of(CaptureLead.class))
                .extracting(command -> PersonalData.open(command.getSubmission().getEmail()))
                .containsExactly("q@example.test", "p@example.test");
        assertThat(server.log.of(WebhookReceived.class))
                .extracting(audit -> PersonalData.open(audit.getBody()))
                .containsExactly("email=q%40example.test&utm_source=x", "email=p%40example.test");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /webhooks/stripe/s1?a=1, 405",
        "OPTIONS, /webhooks/stripe/s1, 405",
        "DELETE, /webhooks/stripe/s1, 405",
        "POST, /webhooks/stripe/s1, 400",
        "GET, /webhooks/generic/x1, 400"
    })
    void whatBringsNothingIsRefused(String method, String path, int status) {
        assertThat(server.call(method, path, KEY).status()).isEqualTo(status);
        assertThat(server.log.of(CaptureLead.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/webhooks",
                "/webhooks/",
                "/webhooks/stripe",
                "/webhooks/stripe/",
                "/webhooks//s1",
                "/webhooks/stripe/s1/more",
                "/webhooks/crm/s1"
            })
    void anotherPathNamesNoSource(String path) {
        var answer = server.json(path, "{}", KEY);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("type")).endsWith("/problems/not-found");
        assertThat(server.log.records).isEmpty();
    }

    @Test
    void cloudEventsAsksFirst() {
        var answer =
                server.call(
                        "OPTIONS",
                        "/webhooks/cloudevents/ce1",
                        "WebHook-Request-Origin",
                        "events.example.test");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("WebHook-Allowed-Origin")).isEqualTo("events.example.test");
        assertThat(server.log.records).isEmpty();
    }

    @Test
    void gzipIsReadAndItsInflationLimited() {
        byte[] small = Gzip.of("{\"email\":\"z@example.test\"}".getBytes(StandardCharsets.UTF_8));
        byte[] bomb = Gzip.of(new byte[4 << 20]);

        assertThat(post(small, "Content-Encoding", "gzip").status()).isEqualTo(200);
        assertThat(PersonalData.open(server.log.submission().getEmail()))
                .isEqualTo("z@example.test");
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(post(bomb, "Content-Encoding", "gzip").status()).isEqualTo(413);
        assertThat(post(new byte[] {1, 2, 3}, "Content-Encoding", "gzip").status()).isEqualTo(400);
    }

    @Test
    void xmlIsReadWithoutEntities() {
        var lead =
                server.post(
                        GENERIC,
                        "application/xml",
                        "<lead><email>x@example.test</email></lead>"
                                .getBytes(StandardCharsets.UTF_8),
                        KEY);
        var entity =
                server.post(
                        GENERIC,
                        "text/xml",
                        ("<!DOCTYPE l [<!ENTITY f SYSTEM \"file:///etc/hostname\">]>"
                                        + "<l><email>&f;</email></l>")
                                .getBytes(StandardCharsets.UTF_8),
                        KEY);

        assertThat(lead.status()).isEqualTo(200);
        assertThat(PersonalData.open(server.log.submission().getPayload()))
                .contains("x@example.test");
        assertThat(entity.status()).isEqualTo(400);
        assertThat(server.log.of(WebhookReceived.class).getLast().getOutcome())
                .isEqualTo("unreadable");
    }

    @Test
    void whatTheSenderCallsARepeatCountsMost() {
        server.json(
                GENERIC,
                "{\"email\":\"a@example.test\",\"external_id\":\"7\"}",
                "X-API-Key",
                "generic-key-1",
                "Idempotency-Key",
                "idem-1");

        assertThat(server.log.submission().getDedupKind()).isEqualTo("idempotency_key");
        assertThat(server.log.submission().getDedupKey()).isEqualTo("idem-1");
        assertThat(server.log.submission().getDuplicateWindowSeconds()).isEqualTo(86_400);
    }

    @Test
    void longIdsAreHashedSoThatTheyStayDifferent() {
        String id = "9".repeat(300);

        server.json("/webhooks/google-ads/g1", google(id + "1"));
        server.json("/webhooks/google-ads/g1", google(id + "2"));

        assertThat(server.log.of(CaptureLead.class))
                .extracting(command -> command.getSubmission().getDedupKey())
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key).startsWith("sha256:").hasSizeLessThan(200));
    }

    @Test
    void oneBadElementIsNoHarmToItsNeighbours() {
        var answer =
                server.json(
                        GENERIC,
                        "[{\"email\":\"a@example.test\"},7,{\"email\":\"b@example.test\"}]",
                        KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.of(CaptureLead.class))
                .extracting(command -> command.getSubmission().getProblem())
                .containsExactly(null, "unexpected-shape", null);
        assertThat(server.log.of(CaptureLead.class))
                .extracting(command -> PersonalData.open(command.getSubmission().getPayload()))
                .containsExactly(
                        "[{\"email\":\"a@example.test\"}]",
                        "[7]",
                        "[{\"email\":\"b@example.test\"}]");
    }

    @Test
    void anAuthenticBodyOfAnotherShapeIsKept() {
        var answer = server.json("/webhooks/google-ads/g1", "{\"google_key\":\"hw-google-key\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.submission().getProblem()).isNotNull();
        assertThat(PersonalData.open(server.log.submission().getPayload()))
                .isEqualTo("{\"google_key\":\"[redacted]\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"email\":\"s@example.test\",\"raw\":\"{\\\"api_key\\\":\\\"generic-key-1\\\"}\"}",
                "application/json | {\"email\":\"s@example.test\",\"page\":\"https://w.test/?a=1&b=generic-key-1\"}",
                "application/json | {\"email\":\"s@example.test\",\"k\":[\"generic-key-1\"]}",
                "application/xml | <l k=\"generic-key-1\"><email>s@example.test</email><p>generic-key-1</p></l>",
                "application/x-www-form-urlencoded | email=s%40example.test&k=generic%2Dkey%2D1&lead[password]=generic-key-1",
                "application/x-www-form-urlencoded | email=s%40example.test&raw=%7B%22k%22%3A%22generic-key-1%22%7D"
            })
    void theSecretIsKeptNowhere(String type, String body) {
        var answer = server.post(GENERIC, type, body.getBytes(StandardCharsets.UTF_8), KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(Topics.text(server.log))
                .contains("[redacted]")
                .doesNotContain("generic-key-1", "generic%2Dkey%2D1");
    }

    private static EdgeServer.Answer post(byte[] body, String... headers) {
        return server.post(
                GENERIC,
                "application/json",
                body,
                "X-API-Key",
                "generic-key-1",
                headers[0],
                headers[1]);
    }

    private static String google(String leadId) {
        return """
        {"lead_id":"%s","google_key":"hw-google-key","user_column_data":[
         {"column_id":"EMAIL","string_value":"l@example.test"}]}\
        """
                .formatted(leadId);
    }
}
