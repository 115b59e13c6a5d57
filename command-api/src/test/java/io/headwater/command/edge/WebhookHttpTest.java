package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.RecordFact;
import io.headwater.schema.PersonalData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init")
class WebhookHttpTest {

    @RegisterExtension
    static final EdgeServer server = new EdgeServer("--headwater.intake.max-items=3");

    @Test
    void keepsAGoogleLeadWithoutItsKey() {
        var answer = server.json("/webhooks/google-ads/g1", fixture("google-ads/lead.json"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo("{}");
        var submission = server.log.submission();
        assertThat(submission.getDedupKey()).isEqualTo("Hw-lead-90071992547409931");
        assertThat(submission.getDedupKind()).isEqualTo("provider_id");
        assertThat(PersonalData.open(submission.getEmail())).isEqualTo("zoe@example.test");
        assertThat(submission.getCountry()).isEqualTo("DE");
        assertThat(submission.getUserIp()).isNull();
        assertThat(server.log.appends).containsExactly(3);
        var audit = server.log.of(WebhookReceived.class).getFirst();
        assertThat(audit.getOutcome()).isEqualTo("accepted");
        assertThat(PersonalData.open(audit.getBody()))
                .contains("18446744073709551617", "\"google_key\": \"[redacted]\"", "Zoë");
        assertThat(Topics.text(server.log)).doesNotContain("hw-google-key", "goo\\u0067le");
    }

    @Test
    void aKeyThatIsAWordLeavesTheFieldsAlone() {
        server.json(
                "/webhooks/google-ads/g2",
                """
                {"lead_id":"L9","google_key":"example","user_column_data":[
                 {"column_id":"EMAIL","string_value":"test@example.com"}]}\
                """);

        assertThat(PersonalData.open(server.log.submission().getEmail()))
                .isEqualTo("test@example.com");
        assertThat(PersonalData.open(server.log.submission().getPayload()))
                .contains("test@example.com", "\"google_key\":\"[redacted]\"");
        assertThat(PersonalData.open(server.log.of(WebhookReceived.class).getFirst().getBody()))
                .contains("test@example.com", "\"google_key\":\"[redacted]\"");
    }

    @Test
    void googleTestsShareAnIdAndAreNoDuplicates() {
        server.json("/webhooks/google-ads/g1", fixture("google-ads/test.json"));

        assertThat(server.log.submission().getTest()).isTrue();
        assertThat(server.log.submission().getDedupKind()).isEqualTo("none");
    }

    @Test
    void whatCannotBeUsedIsQuarantinedAndStillAnswered200() {
        var answer =
                server.json("/webhooks/google-ads/g1", fixture("google-ads/without-contact.json"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.submission().getProblem()).isEqualTo("no-identity");
    }

    @Test
    void takesTypeformResponses() {
        String body = fixture("typeform/response.json");

        var answer =
                server.json(
                        "/webhooks/typeform/t1",
                        body,
                        "Typeform-Signature",
                        "sha256=" + base64(hmac("tf-secret-1", body)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.submission().getProvider()).isEqualTo("typeform");
        assertThat(server.log.submission().getSubmittedAt())
                .isEqualTo(Instant.parse("2020-11-20T10:02:03Z"));
    }

    @Test
    void calendlyAndStripeTellFacts() {
        String booked = fixture("calendly/created.json");
        String charge = fixture("stripe/charge-succeeded.json");

        var appointment =
                timed(
                        "/webhooks/calendly/c1",
                        "Calendly-Webhook-Signature",
                        "cal-secret-1",
                        booked);
        var payment =
                timed("/webhooks/stripe/s1", "Stripe-Signature", "whsec_stripe_text_1", charge);

        assertThat(appointment.status()).isEqualTo(200);
        assertThat(payment.status()).isEqualTo(200);
        assertThat(server.log.of(CaptureLead.class)).isEmpty();
        assertThat(server.log.of(RecordFact.class))
                .extracting(command -> command.getFact().getKind())
                .containsExactly("appointment_rescheduled", "payment_succeeded");
        var fact = server.log.of(RecordFact.class).getLast().getFact();
        assertThat(fact.getFactId()).isEqualTo("stripe:evt_hw_1");
        assertThat(PersonalData.open(fact.getEmail())).isEqualTo("ada@example.test");
        assertThat(server.log.of(ReceiptRecorded.class).getLast().getFactIds())
                .containsExactly("stripe:evt_hw_1");
        assertThat(server.log.of(ReceiptRecorded.class).getLast().getSubmissionIds()).isEmpty();
    }

    @Test
    void whatMeansNothingIsKeptAndAnswered200() {
        var answer =
                timed(
                        "/webhooks/stripe/s1",
                        "Stripe-Signature",
                        "whsec_stripe_text_1",
                        "{\"id\":\"evt_1\",\"type\":\"customer.created\",\"data\":{}}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.appends).containsExactly(1);
        assertThat(server.log.of(WebhookReceived.class).getFirst().getReason())
                .isEqualTo("event_type");
    }

    @Test
    void severalItemsAreSeveralSubmissionsOfOneReceipt() {
        server.json(
                "/webhooks/generic/x1",
                "[{\"email\":\"a@example.test\"},{\"email\":\"b@example.test\"}]",
                "X-API-Key",
                "generic-key-1");

        assertThat(server.log.appends).containsExactly(4);
        assertThat(server.log.of(ReceiptRecorded.class).getFirst().getSubmissionIds())
                .containsExactlyElementsOf(
                        server.log.of(CaptureLead.class).stream()
                                .map(CaptureLead::getCommandId)
                                .toList());
    }

    @Test
    void aFormIsTakenByTheGenericProvider() {
        var answer =
                server.post(
                        "/webhooks/generic/x1",
                        "application/x-www-form-urlencoded",
                        "EMAIL=c%40example.test&submitted_at=3000-01-01"
                                .getBytes(StandardCharsets.UTF_8),
                        "Authorization",
                        "Bearer generic-key-1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.submission().getProblem()).isEqualTo("absurd-timestamp");
        assertThat(server.log.submission().getSubmittedAt())
                .isEqualTo(server.log.submission().getReceivedAt());
    }

    @ParameterizedTest
    @CsvSource({
        "/webhooks/typeform/t1, Typeform-Signature, sha256=AAAA, malformed",
        "/webhooks/typeform/t1, X-Other, x, missing_header",
        "/webhooks/stripe/s1, Stripe-Signature, 't=1,v1=0000000000000000000000000000000000000000000000000000000000000000', mismatch",
        "/webhooks/generic/x1, X-API-Key, wrong-key, mismatch",
        "/webhooks/generic/x2, X-API-Key, wrong-key, missing_header",
        "/webhooks/google-ads/g1, X-Other, x, missing_key"
    })
    void whatIsNotAuthenticIsOnlyMetadata(String path, String header, String value, String reason) {
        var answer = server.json(path, "{\"email\":\"secret@example.test\"}", header, value);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-signature");
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(server.log.records).hasSize(1);
        var audit = server.log.of(WebhookReceived.class).getFirst();
        assertThat(audit.getOutcome()).isEqualTo("unauthenticated");
        assertThat(audit.getReason()).isEqualTo(reason);
        assertThat(audit.getSiteId()).isEqualTo("lakeside");
        assertThat(audit.getBody()).isNull();
        assertThat(Topics.text(server.log)).doesNotContain("secret@example.test");
    }

    @Test
    void anOldSignatureIsTooOld() {
        String body = fixture("stripe/charge-succeeded.json");
        long longAgo = Instant.now().getEpochSecond() - 301;

        var answer =
                server.json(
                        "/webhooks/stripe/s1",
                        body,
                        "Stripe-Signature",
                        "t="
                                + longAgo
                                + ",v1="
                                + hex(hmac("whsec_stripe_text_1", longAgo + "." + body)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("reason")).isEqualTo("too_old");
    }

    @ParameterizedTest
    @CsvSource({"/webhooks/nobody/g1", "/webhooks/google-ads/unknown", "/webhooks/stripe/g1"})
    void unknownProvidersAndSourcesAreNotFound(String path) {
        var answer = server.json(path, "{}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("type")).isEqualTo("/problems/unknown-source");
    }

    @Test
    void whatIsAuthenticButUnreadableIsKept() {
        String broken = "{\"form_response\": \u20ac";

        var answer =
                server.json(
                        "/webhooks/typeform/t1",
                        broken,
                        "Typeform-Signature",
                        "sha256=" + base64(hmac("tf-secret-1", broken)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("/problems/malformed-body");
        var audit = server.log.of(WebhookReceived.class).getFirst();
        assertThat(audit.getOutcome()).isEqualTo("unreadable");
        assertThat(PersonalData.open(audit.getBody())).isEqualTo(broken);
        assertThat(server.log.of(CaptureLead.class)).isEmpty();
    }

    @Test
    void theLogDecidesAboutTheAnswer() {
        server.log.away = true;

        var answer = server.json("/webhooks/google-ads/g1", fixture("google-ads/lead.json"));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void thereIsALimitOfItems() {
        var answer =
                server.json("/webhooks/generic/x1", "[{},{},{},{}]", "X-API-Key", "generic-key-1");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(server.log.submission().getProblem()).isEqualTo("unexpected-shape");
    }

    private static EdgeServer.Answer timed(String path, String header, String secret, String body) {
        long now = Instant.now().getEpochSecond();
        return server.json(
                path, body, header, "t=" + now + ",v1=" + hex(hmac(secret, now + "." + body)));
    }

    private static String fixture(String path) {
        try (var in = WebhookHttpTest.class.getResourceAsStream("/intake/" + path)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static byte[] hmac(String secret, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
