package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.intake.WebhookReceived;
import io.headwater.events.lead.CaptureLead;
import io.headwater.schema.PersonalData;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class LeadCaptureHttpTest {

    private static final String[] KEY = {"X-API-Key", FakeDirectory.API_KEY};
    private static final String PAGE = "https://www.lakeside.test";

    @RegisterExtension
    static final EdgeServer server = new EdgeServer("--headwater.intake.decision-wait=300ms");

    @Test
    void capturesFromAKeyedServer() {
        var answer =
                server.json(
                        "/lead.capture",
                        """
                        {"Email1":" Ada@Example.test ","PHONE":"030 901820","COUNTRYCODE":"+49",
                         "first-name":"Ada","UTM_Source":"news","page_number":12345678901234567890,
                         "cta_name":"Visit","user_country":"germany"}\
                        """,
                        KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("success").booleanValue()).isTrue();
        assertThat(answer.text("lead_id")).isEqualTo("main_1");
        assertThat(answer.text("status")).isEqualTo("accepted");
        var submission = server.log.submission();
        assertThat(answer.text("submission_id")).isEqualTo(submission.getSubmissionId());
        assertThat(submission.getChannel()).isEqualTo("api");
        assertThat(submission.getSiteId()).isEqualTo("lakeside");
        assertThat(submission.getIntegrationId()).isEqualTo("int-1");
        assertThat(PersonalData.open(submission.getEmail())).isEqualTo("ada@example.test");
        assertThat(PersonalData.open(submission.getPhone())).isEqualTo("+4930901820");
        assertThat(PersonalData.open(submission.getPayload())).contains("12345678901234567890");
        assertThat(submission.getUtmSource()).isEqualTo("news");
        assertThat(submission.getCta()).isEqualTo("Visit");
        assertThat(submission.getCountry()).isEqualTo("DE");
        assertThat(submission.getUserIp()).isNull();
        assertThat(submission.getDedupKind()).isEqualTo("body_hash");
        assertThat(submission.getDuplicateWindowSeconds()).isEqualTo(600);
    }

    @Test
    void writesAuditReceiptAndCommandInOneAppend() {
        server.json("/lead.capture", "{\"email\":\"a@example.test\"}", KEY);

        assertThat(server.log.appends).containsExactly(3);
        assertThat(server.log.records)
                .extracting(record -> record.topic() + " " + record.key())
                .containsExactly(
                        "intake.webhooks.v1 lakeside",
                        "intake.receipts.v1 lakeside",
                        "lead.commands.v1 lakeside");
        var receipt = server.log.of(ReceiptRecorded.class).getFirst();
        var command = server.log.of(CaptureLead.class).getFirst();
        assertThat(receipt.getSubmissionIds()).containsExactly(command.getCommandId());
        assertThat(command.getSubmission().getReceiptId()).isEqualTo(receipt.getReceiptId());
        // the decision comes later than the audit, and with it the status
        assertThat(server.log.of(WebhookReceived.class).getFirst().getStatus()).isNull();
    }

    @Test
    void capturesFromAFormOfTheSite() {
        var answer =
                server.post(
                        "/lead.capture",
                        "application/x-www-form-urlencoded",
                        ("siteKey=sk_lakeside&formId=contact&EMAIL=b%40example.test&FIRSTNAME=B%C3%A4r"
                                        + "&__pg_hp=&__pg_tts=7.5&__visitor_id=v-1&PAGE_URL=https%3A%2F%2Fx.test%2F")
                                .getBytes(StandardCharsets.UTF_8),
                        "Origin",
                        PAGE,
                        "User-Agent",
                        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X)"
                                + " AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1"
                                + " Mobile/15E148 Safari/604.1");

        assertThat(answer.status()).isEqualTo(200);
        var submission = server.log.submission();
        assertThat(submission.getChannel()).isEqualTo("form");
        assertThat(submission.getFormId()).isEqualTo("contact");
        assertThat(PersonalData.open(submission.getFirstName())).isEqualTo("Bär");
        assertThat(PersonalData.open(submission.getUserIp())).isEqualTo("127.0.0.1");
        assertThat(submission.getDeviceType()).isEqualTo("mobile");
        assertThat(submission.getVisitorId()).isEqualTo("v-1");
        assertThat(submission.getTimeToSubmitSeconds()).isEqualTo(7.5);
        assertThat(submission.getHoneypotFilled()).isFalse();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(PAGE);
    }

    @Test
    void sendsBrowsersToTheThankYouPage() {
        String form = "siteKey=sk_lakeside&formId=%s&email=c%%40example.test";
        String[] browser = {"Origin", PAGE, "Accept", "text/html,application/xhtml+xml"};

        var own = server.post("/lead.capture", FORM, bytes(form.formatted("visit")), browser);
        var builtIn = server.post("/lead.capture", FORM, bytes(form.formatted("contact")), browser);

        assertThat(own.status()).isEqualTo(303);
        assertThat(own.header("Location")).isEqualTo("https://www.lakeside.test/thanks");
        assertThat(builtIn.status()).isEqualTo(200);
        assertThat(builtIn.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void readsMultipartFieldsAndNamesFiles() {
        String body =
                """
                --b7\r
                Content-Disposition: form-data; name="siteKey"\r
                \r
                sk_lakeside\r
                --b7\r
                Content-Disposition: form-data; name="formId"\r
                \r
                contact\r
                --b7\r
                Content-Disposition: form-data; name="EMAIL"\r
                \r
                d@example.test\r
                --b7\r
                Content-Disposition: form-data; name="cv"; filename="cv.pdf"\r
                Content-Type: application/pdf\r
                \r
                %PDF-secret-content\r
                --b7--\r
                """;

        var answer =
                server.post(
                        "/lead.capture",
                        "multipart/form-data; boundary=b7",
                        bytes(body),
                        "Referer",
                        PAGE + "/contact?x=|");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(PersonalData.open(server.log.submission().getPayload()))
                .contains("\"cv\":\"cv.pdf\"")
                .doesNotContain("secret-content");
    }

    @Test
    void readsJsonInPlainText() {
        var answer =
                server.post(
                        "/lead.capture",
                        "text/plain;charset=UTF-8",
                        bytes(
                                "{\"siteKey\":\"sk_lakeside\",\"formId\":\"contact\",\"email\":\"e@example.test\"}"),
                        "Origin",
                        PAGE);

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/lead", "/"})
    void olderPathsSayThatTheyGo(String path) {
        var answer = server.json(path, "{\"email\":\"f@example.test\"}", KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("X-Deprecated")).isEqualTo("true");
        assertThat(answer.header("Sunset")).isEqualTo("Wed, 30 Jun 2027 00:00:00 GMT");
    }

    @ParameterizedTest
    @CsvSource({
        "'', , empty_site_key",
        "sk_lakeside, , missing_origin_referer",
        "sk_lakeside, null, missing_origin_referer",
        "sk_other, https://www.lakeside.test, site_not_found",
        "sk_lakeside, https://evil.test, hostname_not_in_site_domains",
        "sk_lakeside, https://www.lakeside.test.evil.test, hostname_not_in_site_domains",
        "sk_lakeside, https://www.lakeside.test, form_not_found"
    })
    void tellsWhyAFormIsForbidden(String siteKey, String origin, String reason) {
        String body =
                "{\"siteKey\":\"%s\",\"formId\":\"no\",\"email\":\"g@example.test\"}"
                        .formatted(siteKey);

        var answer =
                origin == null
                        ? server.json("/lead.capture", body)
                        : server.json("/lead.capture", body, "Origin", origin);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("reason")).isEqualTo(reason);
        assertThat(answer.text("error")).isEqualTo(reason);
        assertThat(server.log.of(CaptureLead.class)).isEmpty();
    }

    @Test
    void aWrongKeyIsNotAForm() {
        var answer =
                server.json("/lead.capture", "{\"email\":\"h@example.test\"}", "X-API-Key", "no");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        var audit = server.log.of(WebhookReceived.class).getFirst();
        assertThat(audit.getOutcome()).isEqualTo("unauthenticated");
        assertThat(audit.getBody()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"email\":\"a@b.test | k1 | 400 | unreadable | malformed-body",
                "application/json | [{\"email\":\"a@b.test\"}] | k1 | 400 | unreadable | malformed-body",
                "application/xml | <email>a@b.test</email> | k1 | 415 | unsupported | unsupported-media-type",
                "application/json | {\"email\":\"a@b.test\"} | no\u00e4 key | 400 | unreadable | invalid-fields"
            })
    void whatAnIntegrationSentIsKeptEvenWhenItCannotBeUsed(
            String type, String body, String key, int status, String outcome, String slug) {
        var answer =
                server.post(
                        "/lead.capture",
                        type,
                        bytes(body),
                        "X-API-Key",
                        FakeDirectory.API_KEY,
                        "Idempotency-Key",
                        key);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("type")).isEqualTo("/problems/" + slug);
        assertThat(server.log.records).hasSize(1);
        var audit = server.log.of(WebhookReceived.class).getFirst();
        assertThat(audit.getOutcome()).isEqualTo(outcome);
        assertThat(audit.getReason()).isEqualTo(slug);
        assertThat(audit.getStatus()).isEqualTo(status);
        assertThat(audit.getSiteId()).isEqualTo("lakeside");
        assertThat(PersonalData.open(audit.getBody())).isEqualTo(body);
    }

    @Test
    void theFormThatAnIntegrationNamesIsKeptForAttribution() {
        server.json(
                "/lead.capture", "{\"email\":\"q@example.test\",\"formId\":\"landing-7\"}", KEY);

        assertThat(server.log.submission().getFormId()).isEqualTo("landing-7");
    }

    @Test
    void withoutTheLogNothingIsAccepted() {
        server.log.away = true;

        var answer = server.json("/lead.capture", "{\"email\":\"l@example.test\"}", KEY);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.text("type")).isEqualTo("/problems/log-unavailable");
        assertThat(answer.text("detail"))
                .contains("may have been stored", "a repeat is recognised");
    }

    @Test
    void beforeTheDirectoryIsReadNobodyIsUnknown() {
        server.directory.ready = false;

        assertThat(server.json("/lead.capture", "{\"email\":\"m@x.test\"}", KEY).status())
                .isEqualTo(503);
    }

    @Test
    void theKeyIsNotKept() {
        server.json(
                "/lead.capture",
                "{\"email\":\"n@example.test\",\"note\":\"my key is hw_test_integration_key\"}",
                KEY);

        assertThat(server.log.records.toString()).doesNotContain(FakeDirectory.API_KEY);
        assertThat(PersonalData.open(server.log.submission().getPayload()))
                .contains("my key is [redacted]");
    }

    @Test
    void noSecretIsKeptInAFieldEither() {
        server.json(
                "/lead.capture",
                "{\"email\":\"r@example.test\",\"page_url\":\"https://x.test/?token=abc&a=1\",\"message\":\"%s\"}"
                        .formatted(FakeDirectory.API_KEY),
                KEY);

        assertThat(server.log.submission().getPageUrl())
                .isEqualTo("https://x.test/?token=[redacted]&a=1");
        assertThat(PersonalData.open(server.log.submission().getMessage())).isEqualTo("[redacted]");
    }

    @Test
    void anAbsurdTimeIsAProblemNotATime() {
        server.json(
                "/lead.capture",
                "{\"email\":\"o@example.test\",\"submitted_at\":\"1969-07-20T20:17:00Z\"}",
                KEY);

        var submission = server.log.submission();
        assertThat(submission.getProblem()).isEqualTo("absurd-timestamp");
        assertThat(submission.getSubmittedAt()).isEqualTo(submission.getReceivedAt());
    }

    private static final String FORM = "application/x-www-form-urlencoded";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
