package io.headwater.command;

import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.platform.directory.AccessDirectory;
import io.headwater.command.platform.kafka.IntakeLog;
import io.headwater.command.platform.result.CommandResults;
import io.headwater.events.access.SiteCreated;
import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.schema.Ids;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The application as it runs, on a real Kafka.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class CommandApiIT {

    private static RunningApi app;

    @BeforeAll
    static void start() {
        app = RunningApi.shared();
    }

    private static RunningApi.Answer call(String method, String path, String body) {
        return app.call(method, path, body);
    }

    private static String random() {
        return UUID.randomUUID().toString();
    }

    private static String newSite() {
        String key = "pk_" + random();
        var made =
                call(
                        "POST",
                        "/analytics/sites",
                        "{\"name\":\"%s\",\"site_key\":\"%s\"}".formatted(key, key));
        assertThat(made.status()).as("%s", made).isEqualTo(201);
        return made.body().path("site_id").stringValue();
    }

    @Test
    void siteMainExistsFromTheFirstStart() {
        var directory = app.bean(AccessDirectory.class);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(directory.siteById("main")).isPresent());
        assertThat(directory.siteById("main").orElseThrow().allows("localhost")).isTrue();
        assertThat(
                        new TestLog(WholeApi.bootstrap())
                                .values(Topics.ACCESS_EVENTS.name(), SiteCreated.class))
                .filteredOn(site -> site.getSiteId().equals("main"))
                .hasSize(1);
    }

    @Test
    void whatAnAdministratorMakesWorksAtOnce() {
        String site = newSite();
        var directory = app.bean(AccessDirectory.class);

        var form =
                call(
                        "POST",
                        "/analytics/forms",
                        "{\"site_id\":\"%s\",\"form_id\":\"contact\",\"form_json\":{\"fields\":[]}}"
                                .formatted(site));
        assertThat(form.status()).isEqualTo(201);
        assertThat(directory.form(site, "contact")).isPresent();
        assertThat(
                        call("GET", "/analytics/forms?site_id=" + site, "")
                                .body()
                                .path(0)
                                .path("form_json")
                                .path("fields")
                                .isArray())
                .isTrue();

        var integration =
                call(
                        "POST",
                        "/analytics/integrations",
                        "{\"site_id\":\"%s\",\"name\":\"server\"}".formatted(site));
        String key = integration.body().path("api_key").stringValue();
        assertThat(directory.integrationByKey(key)).isPresent();
        assertThat(call("GET", "/analytics/integrations", "").body().toString())
                .contains(key.substring(0, 8) + "…")
                .doesNotContain(key);
        var revoked =
                call(
                        "DELETE",
                        "/analytics/integrations/" + integration.body().path("id").stringValue(),
                        "");
        assertThat(revoked.status()).isEqualTo(200);
        assertThat(directory.integrationByKey(key)).isEmpty();

        var domain =
                call(
                        "POST",
                        "/analytics/sites/" + site + "/domains",
                        "{\"domain\":\".Example.org\"}");
        assertThat(directory.siteById(site).orElseThrow().allows("www.example.org")).isTrue();
        assertThat(
                        call(
                                        "DELETE",
                                        "/analytics/sites/"
                                                + site
                                                + "/domains/"
                                                + domain.body().path("id").stringValue(),
                                        "")
                                .status())
                .isEqualTo(200);
        assertThat(directory.siteById(site).orElseThrow().allows("www.example.org")).isFalse();

        var source =
                call(
                        "POST",
                        "/admin/sources",
                        "{\"site_id\":\"%s\",\"provider\":\"stripe\",\"secrets\":[\"whsec_1\"]}"
                                .formatted(site));
        String sourceId = source.body().path("source_id").stringValue();
        assertThat(source.body().path("url").stringValue())
                .isEqualTo("https://in.example.org/webhooks/stripe/" + sourceId);
        assertThat(directory.source(sourceId).orElseThrow().secrets()).containsExactly("whsec_1");
        assertThat(call("GET", "/admin/sources", "").body().toString()).doesNotContain("whsec_1");
    }

    @Test
    void anAdministratorNeedNotWait() {
        String key = random();

        var made =
                call(
                        "POST",
                        "/analytics/sites?wait=0",
                        "{\"name\":\"%s\",\"site_key\":\"%s\"}".formatted(key, key));

        // decided within no time at all, or not yet
        assertThat(made.status()).isIn(201, 202);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(app.bean(AccessDirectory.class).siteByKey(key)).isPresent());
    }

    @Test
    void twoSitesMayHaveOneName() {
        String name = "Shop " + random().substring(0, 8);
        String body = "{\"name\":\"%s\",\"site_key\":\"pk_%s\"}";

        var first = call("POST", "/analytics/sites", body.formatted(name, random()));
        var second = call("POST", "/analytics/sites", body.formatted(name, random()));
        var nameless = call("POST", "/analytics/sites", "{\"name\":\"-\",\"site_key\":\"-\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.body().path("site_id").stringValue())
                .startsWith(first.body().path("site_id").stringValue() + "-");
        assertThat(nameless.body().path("site_id").stringValue()).startsWith("site-");
    }

    @Test
    void rulesAreAnsweredWithTheirStatus() {
        String site = newSite();
        String key = app.bean(AccessDirectory.class).siteById(site).orElseThrow().siteKey();
        assertThat(
                        call("POST", "/analytics/sites", "{\"site_key\":\"%s\"}".formatted(key))
                                .status())
                .isEqualTo(409);
        assertThat(
                        call(
                                        "POST",
                                        "/analytics/forms",
                                        "{\"site_id\":\"nowhere\",\"form_id\":\"f\"}")
                                .status())
                .isEqualTo(404);
        assertThat(call("GET", "/analytics/sites/nowhere", "").status()).isEqualTo(404);
        assertThat(app.call("GET", "/analytics/sites", "", "wrong").status()).isEqualTo(401);
        assertThat(app.call("GET", "/analytics/sites", "", WholeApi.MARKETING).status())
                .isEqualTo(403);
        var unmapped =
                call(
                        "POST",
                        "/admin/sources",
                        """
                        {"site_id":"%s","provider":"generic","secrets":["s"],
                         "mapping":{"emial":"contact.email","phone":"$.phone["}}\
                        """
                                .formatted(site));
        assertThat(unmapped.status()).isEqualTo(400);
        assertThat(
                        unmapped.body()
                                .path("errors")
                                .valueStream()
                                .map(e -> e.path("field").asString()))
                .containsExactly("mapping.emial", "mapping.phone", "signature.secrets[0]");
        var bad = call("POST", "/analytics/sites", "{\"site_key\":\"no spaces\"}");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body().path("errors").path(0).path("field").stringValue())
                .isEqualTo("site_key");
    }

    @Test
    void acceptedLeadIsDecidedAndSurvivesARestart() throws Exception {
        String id = random();
        var command =
                new CaptureLead(
                        id,
                        submission()
                                .setSubmissionId(id)
                                .setSiteId(random())
                                .setReceivedAt(Instant.now())
                                .build(),
                        List.of());
        String site = command.getSubmission().getSiteId();
        var expected = app.bean(CommandResults.class).expect(id);
        app.bean(IntakeLog.class)
                .append(List.of(new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), site, command)))
                .get(60, TimeUnit.SECONDS);
        var result = expected.get(60, TimeUnit.SECONDS);
        assertThat(result.getOutcome()).isEqualTo("accepted");
        assertThat(call("GET", "/commands/" + id, "").body().path("outcome").stringValue())
                .isEqualTo("accepted");
        assertThat(call("GET", "/commands/" + random(), "").status()).isEqualTo(404);
        String notYet = Ids.next(Instant.now(), new Random());
        assertThat(call("GET", "/commands/" + notYet, "").body().path("status").stringValue())
                .isEqualTo("pending");

        WholeApi.stop();
        app = RunningApi.shared();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(
                                        call("GET", "/commands/" + id, "")
                                                .body()
                                                .path("values")
                                                .path("lead_id")
                                                .stringValue(""))
                                .isEqualTo(result.getAggregateId()));
        // the same command again: the same result, no second lead
        var again = app.bean(CommandResults.class).expect(id);
        app.bean(IntakeLog.class)
                .append(List.of(new ProducerRecord<>(Topics.LEAD_COMMANDS.name(), site, command)))
                .get(60, TimeUnit.SECONDS);
        assertThat(again.get(60, TimeUnit.SECONDS)).isEqualTo(result);
        assertThat(
                        new TestLog(WholeApi.bootstrap())
                                .values(Topics.LEAD_EVENTS.name(), LeadCaptured.class))
                .filteredOn(lead -> lead.getMeta().getCommandId().equals(id))
                .hasSize(1);
    }
}
