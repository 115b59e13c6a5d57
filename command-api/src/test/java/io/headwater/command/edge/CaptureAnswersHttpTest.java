package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.CaptureLead;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the caller of a capture is answered, and when.
@SuppressWarnings("NullAway.Init")
class CaptureAnswersHttpTest {

    private static final String[] KEY = {"X-API-Key", FakeDirectory.API_KEY};
    private static final String PAGE = "https://www.lakeside.test";
    private static final String FORM = "application/x-www-form-urlencoded";

    @RegisterExtension
    static final EdgeServer server = new EdgeServer("--headwater.intake.decision-wait=300ms");

    @Test
    void blockedLooksLikeAccepted() {
        server.results.outcome = "blocked";
        server.results.values = Map.of();

        var answer =
                server.json("/lead.capture", "{\"email\":\"i@x.test\",\"__pg_hp\":\"spam\"}", KEY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("accepted");
        assertThat(answer.text("lead_id"))
                .isEqualTo("lakeside_" + answer.text("submission_id").replace("-", ""));
        assertThat(server.log.submission().getHoneypotFilled()).isTrue();
    }

    @Test
    void refusesWithTheFieldThatIsWrong() {
        server.results.outcome = "refused";
        server.results.code = "invalid-email";

        var answer = server.json("/lead.capture", "{\"email\":\"not an address\"}", KEY);

        assertThat(server.log.submission().getProblem()).isEqualTo("invalid-email");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-email");
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo("email");
    }

    @Test
    void aRepeatedRefusalIsTheSameRefusal() {
        server.results.outcome = "duplicate";
        server.results.values =
                Map.of(
                        "submission_id",
                        "0198c2f0-a1b2-7c3d-8e4f-5a6b7c8d9e0f",
                        "first_outcome",
                        "refused",
                        "first_code",
                        "invalid-email");

        var answer = server.json("/lead.capture", "{\"email\":\"not an address\"}", KEY);
        var page =
                server.post(
                        "/lead.capture",
                        FORM,
                        bytes("siteKey=sk_lakeside&formId=visit&email=no"),
                        "Origin",
                        PAGE,
                        "Accept",
                        "text/html");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-email");
        assertThat(answer.text("reason")).isEqualTo("invalid-email");
        assertThat(answer.text("detail")).isEqualTo("the e-mail address is not one");
        assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo("email");
        assertThat(page.status()).isEqualTo(422);
    }

    @Test
    void onlyARepetitionOfWhatWasBlockedIsToldAnIdThatNoLeadHas() {
        String first = "0198c2f0-a1b2-7c3d-8e4f-5a6b7c8d9e0f";
        server.results.outcome = "duplicate";

        server.results.values = Map.of("submission_id", first, "first_outcome", "test");
        var test = server.json("/lead.capture", "{\"email\":\"p@example.test\"}", KEY);
        server.results.values = Map.of("submission_id", first, "first_outcome", "blocked");
        var blocked = server.json("/lead.capture", "{\"email\":\"p@example.test\"}", KEY);

        assertThat(test.status()).isEqualTo(200);
        assertThat(test.text("status")).isEqualTo("duplicate");
        assertThat(test.json().get("lead_id").isNull()).isTrue();
        assertThat(blocked.text("lead_id")).isEqualTo("lakeside_" + first.replace("-", ""));
    }

    @Test
    void anIdempotencyKeyTravelsAndItsReuseIsRefused() {
        server.results.outcome = "refused";
        server.results.code = "idempotency-key-reused";

        var answer =
                server.json(
                        "/lead.capture",
                        "{\"email\":\"j@example.test\"}",
                        "X-API-Key",
                        FakeDirectory.API_KEY,
                        "Idempotency-Key",
                        "\"order-7\"");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("type")).isEqualTo("/problems/idempotency-key-reused");
        assertThat(server.log.submission().getDedupKind()).isEqualTo("idempotency_key");
        assertThat(server.log.submission().getDedupKey()).isEqualTo("order-7");
    }

    @Test
    void afterTheWaitItPointsToTheDecision() {
        server.results.outcome = null;

        var answer = server.json("/lead.capture", "{\"email\":\"k@example.test\"}", KEY);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location"))
                .isEqualTo("/commands/" + answer.text("submission_id"));
        assertThat(answer.text("status")).isEqualTo("pending");
        assertThat(answer.text("status_url")).isEqualTo(answer.header("Location"));
        assertThat(answer.json().has("lead_id")).isTrue();
    }

    @Test
    void whoDoesNotWantToWaitIsAnsweredAtOnce() {
        try (var patient = new EdgeServer("--headwater.intake.decision-wait=1h")) {
            patient.results.outcome = null;

            var answer =
                    patient.json(
                            "/lead.capture",
                            "{\"email\":\"s@example.test\"}",
                            "X-API-Key",
                            FakeDirectory.API_KEY,
                            "Prefer",
                            "wait=0");
            var form =
                    patient.post(
                            "/lead.capture?wait=0",
                            FORM,
                            bytes("siteKey=sk_lakeside&formId=contact&email=t%40example.test"),
                            "Origin",
                            PAGE);

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.header("Preference-Applied")).isEqualTo("wait=0");
            assertThat(form.status()).isEqualTo(202);
            assertThat(patient.log.of(CaptureLead.class)).hasSize(2);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
