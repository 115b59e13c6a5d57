package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.WholeApi;
import io.headwater.command.edge.EdgeServer.Answer;
import io.headwater.command.platform.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// May somebody be contacted? Through the whole application, right after whatever changed it.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class ContactIT {

    private static final String[] ADMIN = {"X-API-Key", WholeApi.ADMIN};

    private static EdgeServer app;
    private static String site;
    private static String[] key;

    @BeforeAll
    static void start() {
        app = EdgeServer.whole();
        site = app.json("/analytics/sites", "{\"name\":\"Contact\"}", ADMIN).text("site_id");
        String integration = "{\"site_id\":\"%s\",\"name\":\"crm\"}".formatted(site);
        key =
                new String[] {
                    "X-API-Key",
                    app.json("/analytics/integrations", integration, ADMIN).text("api_key")
                };
    }

    private static String lead(String consents) {
        String body =
                "{\"email\":\"%s@contact.test\",\"consents\":%s}"
                        .formatted(UUID.randomUUID(), consents);
        var answer = app.json("/lead.capture", body, key);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.text("lead_id");
    }

    private static Answer ask(String lead, String purpose) {
        return app.call(
                "GET", "/analytics/leads/" + lead + "/contactable?purpose=" + purpose, ADMIN);
    }

    /// @return `[]`, or the reasons why not, as JSON
    private static String may(String lead, String purpose) {
        var answer = ask(lead, purpose);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        String reasons = answer.json().get("reasons").toString();
        assertThat(answer.json().get("allowed").asBoolean()).isEqualTo(reasons.equals("[]"));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        return reasons;
    }

    private static Answer withdraw(String lead, String body, String... headers) {
        var all = new ArrayList<>(List.of(ADMIN));
        all.addAll(List.of(headers));
        return app.json(
                "/analytics/leads/" + lead + "/consents/withdraw",
                body,
                all.toArray(String[]::new));
    }

    @Test
    void whoAgreedIsContactedUntilTheyWithdraw() {
        String lead = lead("[{\"text\":\"Text me\",\"granted\":true,\"purposes\":[\"texts\"]}]");

        var answer = ask(lead, "sms").json();
        assertThat(answer.get("allowed").asBoolean()).isTrue();
        assertThat(answer.at("/consent/answer").asString()).isEqualTo("granted");
        assertThat(answer.at("/consent/told_by").asString()).endsWith(":0");
        assertThat(may(lead, "text%20messages")).isEqualTo("[]");
        assertThat(may(lead, "email")).isEqualTo("[\"consent-unknown\"]");

        String body = "{\"purposes\":[\"sms\"],\"channel\":\"sms\",\"reason\":\"said stop\"}";
        var withdrawn = withdraw(lead, body, "Idempotency-Key", "stop-1");
        assertThat(withdrawn.text("outcome")).isEqualTo("changed");
        assertThat(withdraw(lead, body, "Idempotency-Key", "stop-1").text("version"))
                .isEqualTo(withdrawn.text("version"));
        assertThat(withdraw(lead, body).text("outcome")).isEqualTo("unchanged");

        assertThat(may(lead, "sms")).isEqualTo("[\"consent-withdrawn\"]");
    }

    @Test
    void aSettingOfTheSiteLetsThoseBeContactedOfWhomNothingIsKnown() {
        String lead = lead("{\"email\":false}");
        String settings = "/analytics/settings?site_id=" + site;
        try {
            app.patch(settings, "{\"contact_without_consent\":true}", ADMIN);
            assertThat(may(lead, "phone")).isEqualTo("[]");
            assertThat(may(lead, "email")).isEqualTo("[\"consent-refused\"]");
        } finally {
            app.patch(settings, "{\"contact_without_consent\":null}", ADMIN);
        }
        assertThat(may(lead, "phone")).isEqualTo("[\"consent-unknown\"]");
    }

    @Test
    void whoAskedToBeForgottenIsNotContacted() {
        String lead = lead("{\"sms\":true}");
        assertThat(may(lead, "sms")).isEqualTo("[]");

        app.json("/analytics/leads/" + lead + "/erase", "{}", ADMIN);

        assertThat(may(lead, "sms")).startsWith("[\"erase");
    }

    @Test
    void whoIsOnAListThatSomebodyElseHashedIsNotContacted() {
        String email = UUID.randomUUID() + "@contact.test";
        String body =
                "{\"email\":\"%s\",\"phone\":\"+46701740605\",\"consents\":{\"email\":true,\"sms\":true}}";
        String lead = app.json("/lead.capture", body.formatted(email), key).text("lead_id");
        assertThat(may(lead, "email")).isEqualTo("[]");

        String hash = Sha256.hex(email);
        var added =
                app.json(
                        "/admin/suppressions",
                        "{\"list\":\"dnc\",\"reason\":\"bought\",\"entries\":[\"%s\",\"?\"]}"
                                .formatted(hash),
                        ADMIN);
        assertThat(added.json().get("added").asInt()).isEqualTo(1);
        assertThat(added.json().at("/errors/0/entry").asInt()).isEqualTo(1);

        assertThat(may(lead, "email")).isEqualTo("[\"suppressed\"]");
        assertThat(ask(lead, "email").json().get("lists").toString()).isEqualTo("[\"dnc\"]");
        assertThat(may(lead, "sms")).isEqualTo("[]");
        String question = "{\"entries\":[\"%s\",\"nobody@contact.test\"]}".formatted(email);
        var found = app.json("/admin/suppressions/check", question, ADMIN).json();
        assertThat(found.at("/0/lists/0/reason").asString()).isEqualTo("bought");
        assertThat(found.at("/1/suppressed").asBoolean()).isFalse();

        app.json(
                "/admin/suppressions/remove",
                "{\"list\":\"dnc\",\"entries\":[\"%s\"]}".formatted(email),
                ADMIN);
        assertThat(may(lead, "email")).isEqualTo("[]");
    }

    @Test
    void aListOfAnotherSiteSaysNothing() {
        String lead = lead("{\"email\":true}");
        String other = app.json("/analytics/sites", "{\"name\":\"Other\"}", ADMIN).text("site_id");

        listDomain(other);
        assertThat(may(lead, "email")).isEqualTo("[]");
        listDomain(site);
        assertThat(may(lead, "email")).isEqualTo("[\"suppressed\"]");
        assertThat(app.call("GET", "/admin/suppressions", ADMIN).response().body())
                .contains("\"site_id\":\"" + site + "\"");
        app.json(
                "/admin/suppressions/remove",
                "{\"list\":\"domains\",\"site_id\":\"%s\",\"entries\":[\"contact.test\"]}"
                        .formatted(site),
                ADMIN);
        assertThat(may(lead, "email")).isEqualTo("[]");
    }

    private static void listDomain(String siteId) {
        var answer =
                app.json(
                        "/admin/suppressions",
                        "{\"list\":\"domains\",\"site_id\":\"%s\",\"entries\":[\"contact.test\"]}"
                                .formatted(siteId),
                        ADMIN);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    }

    @Test
    void whatCannotBeAskedIsAProblem() {
        String lead = lead("{\"sms\":true}");

        assertThat(ask(lead, "contact").text("type")).isEqualTo("/problems/invalid-fields");
        assertThat(ask(lead, "!").status()).isEqualTo(400);
        assertThat(ask(site + "_" + "0".repeat(32), "sms").text("type"))
                .isEqualTo("/problems/unknown-lead");
        assertThat(ask("nowhere_1", "sms").status()).isEqualTo(404);
        assertThat(withdraw(lead, "{\"purposes\":[\"?\"]}").text("type"))
                .isEqualTo("/problems/invalid-fields");
        assertThat(withdraw(lead, "{\"purposes\":[null]}").text("type"))
                .isEqualTo("/problems/invalid-fields");
        assertThat(withdraw(lead, "{\"channel\":\"pigeon\"}").status()).isEqualTo(400);
        assertThat(may(lead, "sms")).isEqualTo("[]");
    }
}
