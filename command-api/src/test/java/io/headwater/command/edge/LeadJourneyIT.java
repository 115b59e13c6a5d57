package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.WholeApi;
import io.headwater.command.edge.EdgeServer.Answer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Leads through the whole application, from the request to the decision in its answer: nothing is
/// a fake.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class LeadJourneyIT {

    private static final String[] ADMIN = {"X-API-Key", WholeApi.ADMIN};
    private static final String HOST = "www.journey.test";

    private static EdgeServer app;
    private static String siteKey;
    private static String[] key;
    private static String webhook;

    @BeforeAll
    static void start() {
        app = EdgeServer.whole();
        siteKey = "pk_" + UUID.randomUUID();
        String site =
                made("/analytics/sites", "{\"name\":\"Journey\",\"site_key\":\"" + siteKey + "\"}")
                        .text("site_id");
        made("/analytics/sites/" + site + "/domains", "{\"domain\":\"" + HOST + "\"}");
        made(
                "/analytics/forms",
                "{\"site_id\":\"%s\",\"form_id\":\"contact\",\"form_json\":{}}".formatted(site));
        key =
                new String[] {
                    "X-API-Key",
                    made(
                                    "/analytics/integrations",
                                    "{\"site_id\":\"%s\",\"name\":\"crm\"}".formatted(site))
                            .text("api_key")
                };
        webhook =
                "/webhooks/google-ads/"
                        + made(
                                        "/admin/sources",
                                        """
                                        {"site_id":"%s","name":"Ads","provider":"google-ads",
                                         "secrets":["journey-google-key"]}\
                                        """
                                                .formatted(site))
                                .text("source_id");
    }

    private static Answer made(String path, String body) {
        var answer = app.json(path, body, ADMIN);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer;
    }

    @Test
    void acceptsALeadAndKnowsItsRepetition() {
        String body = "{\"email\":\"%s@journey.test\"}".formatted(UUID.randomUUID());

        var first = app.json("/lead.capture", body, key);
        var second = app.json("/lead.capture", body, key);

        assertThat(first.status()).as(first.response().body()).isEqualTo(200);
        assertThat(first.text("status")).isEqualTo("accepted");
        assertThat(second.text("status")).isEqualTo("duplicate");
        assertThat(second.text("lead_id")).isEqualTo(first.text("lead_id"));
        assertThat(second.text("submission_id")).isEqualTo(first.text("submission_id"));
        var status = app.call("GET", "/commands/" + first.text("submission_id"), key);
        assertThat(status.status()).isEqualTo(200);
    }

    @Test
    void anIdempotencyKeyBelongsToOneBody() {
        String[] once = {key[0], key[1], "Idempotency-Key", UUID.randomUUID().toString()};

        var first = app.json("/lead.capture", "{\"email\":\"i@journey.test\"}", once);
        var again = app.json("/lead.capture", "{\"email\":\"i@journey.test\"}", once);
        var other = app.json("/lead.capture", "{\"email\":\"j@journey.test\"}", once);

        assertThat(again.text("submission_id")).isEqualTo(first.text("submission_id"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("type")).isEqualTo("/problems/idempotency-key-reused");
    }

    @Test
    void refusesWhoCannotBeKnown() {
        var nobody = app.json("/lead.capture", "{\"message\":\"call me\"}", key);
        var wrong = app.json("/lead.capture", "{\"email\":\"nobody\"}", key);

        assertThat(nobody.status()).isEqualTo(422);
        assertThat(nobody.text("type")).isEqualTo("/problems/no-identity");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text("type")).isEqualTo("/problems/invalid-email");
        assertThat(wrong.json().get("errors").get(0).get("field").asString()).isEqualTo("email");
    }

    @Test
    void aRefusalStaysARefusal() {
        String body = "{\"email\":\"nobody-%s\"}".formatted(UUID.randomUUID());

        var first = app.json("/lead.capture", body, key);
        var again = app.json("/lead.capture", body, key);

        assertThat(first.status()).isEqualTo(422);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text("type")).isEqualTo(first.text("type"));
        assertThat(again.text("detail")).isEqualTo(first.text("detail"));
    }

    @Test
    void aRobotLearnsNothing() {
        String form = "siteKey=%s&formId=contact&EMAIL=%s%%40journey.test&__pg_website=%s";

        var person = form(form.formatted(siteKey, "person-" + UUID.randomUUID(), ""));
        var robot = form(form.formatted(siteKey, "robot-" + UUID.randomUUID(), "x"));

        assertThat(robot.status()).isEqualTo(person.status()).isEqualTo(200);
        assertThat(robot.json().propertyNames())
                .containsExactlyElementsOf(person.json().propertyNames());
        assertThat(robot.text("status")).isEqualTo(person.text("status")).isEqualTo("accepted");
        assertThat(robot.text("lead_id")).hasSameSizeAs(person.text("lead_id"));
    }

    @Test
    void takesAWebhookOfASourceThatWasJustMade() {
        String delivery =
                """
                {"lead_id":"%s","user_column_data":[{"column_id":"EMAIL","string_value":"w@journey.test"}],
                 "google_key":"%s","is_test":false}\
                """;

        var right = app.json(webhook, delivery.formatted("L1", "journey-google-key"));
        var wrong = app.json(webhook, delivery.formatted("L2", "a-guess"));

        assertThat(right.status()).isEqualTo(200);
        assertThat(wrong.status()).isEqualTo(401);
    }

    private static Answer form(String fields) {
        return app.post(
                "/lead.capture",
                "application/x-www-form-urlencoded",
                fields.getBytes(StandardCharsets.UTF_8),
                "Origin",
                "https://" + HOST);
    }
}
