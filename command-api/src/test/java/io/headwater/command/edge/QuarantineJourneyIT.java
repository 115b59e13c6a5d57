package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.TestLog;
import io.headwater.command.WholeApi;
import io.headwater.command.edge.EdgeServer.Answer;
import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.schema.PersonalData;
import io.headwater.schema.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A mapping that is wrong, what waits because of it, and how it is put right: the whole
/// application on a real broker and database.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class QuarantineJourneyIT {

    private static final String[] ADMIN = {
        "X-API-Key", WholeApi.ADMIN, "X-Headwater-Actor", "user:anna", "Prefer", "wait=10"
    };
    private static final String[] PROVIDER = {"X-API-Key", "quarantine-provider-key"};
    private static final Duration LONG = Duration.ofSeconds(60);

    private static EdgeServer app;
    private static TestLog log;
    private static String site;

    @BeforeAll
    static void start() {
        log = WholeApi.log();
        app = EdgeServer.whole();
        site =
                made(
                                "/analytics/sites",
                                "{\"name\":\"Q\",\"site_key\":\"pk_%s\"}"
                                        .formatted(UUID.randomUUID()))
                        .text("site_id");
    }

    private static Answer made(String path, String body) {
        var answer = app.json(path, body, ADMIN);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer;
    }

    private static String source(String mapping) {
        return made(
                        "/admin/sources",
                        """
                        {"site_id":"%s","provider":"generic","secrets":["%s"],"mapping":%s}\
                        """
                                .formatted(site, PROVIDER[1], mapping))
                .text("source_id");
    }

    private static void deliver(String source, int count) {
        for (int i = 0; i < count; i++) {
            var answer =
                    app.json(
                            "/webhooks/generic/" + source,
                            """
                            {"contact":{"email":"p%1$d-%2$s@quarantine.test","name":"Person %1$d"},
                             "at":"2026-11-01T10:00:%1$02dZ"}\
                            """
                                    .formatted(i, source),
                            PROVIDER);
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private static List<Submission> quarantined(String source) {
        return log.values(Topics.LEAD_EVENTS.name(), SubmissionQuarantined.class).stream()
                .map(SubmissionQuarantined::getSubmission)
                .filter(submission -> source.equals(submission.getSourceId()))
                .toList();
    }

    private static List<Submission> awaitQuarantined(String source, int count) {
        await().atMost(LONG).until(() -> quarantined(source).size() == count);
        return quarantined(source);
    }

    private static List<LeadCaptured> leads(String source) {
        return log.values(Topics.LEAD_EVENTS.name(), LeadCaptured.class).stream()
                .filter(lead -> source.equals(lead.getSubmission().getSourceId()))
                .toList();
    }

    private static String releasePlan(List<Submission> submissions) {
        String ids =
                submissions.stream()
                        .map(s -> "\"" + s.getSiteId() + "_" + s.getSubmissionId() + "\"")
                        .collect(Collectors.joining(","));
        var plan =
                made(
                        "/admin/quarantine/plans",
                        "{\"action\":\"release\",\"rate_per_second\":200,\"submission_ids\":[%s]}"
                                .formatted(ids));
        String path = "/admin/quarantine/plans/" + plan.text("plan_id");
        awaitStatus(path, "ready");
        return path;
    }

    private static Answer awaitStatus(String path, String status) {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(app.call("GET", path, ADMIN).text("status")).isEqualTo(status));
        return app.call("GET", path, ADMIN);
    }

    private static Answer run(String path) {
        var started = app.json(path + "/start", "", ADMIN);
        assertThat(started.status()).as(started.response().body()).isEqualTo(200);
        return awaitStatus(path, "done");
    }

    private static int count(Answer plan, String of, String what) {
        return plan.json().path(of).path(what).asInt(0);
    }

    /// Postgres keeps neither a NUL nor half a pair, in text or in JSON.
    @Test
    void aPlanKeepsWhatItCanOfItsWords() {
        var plan =
                made(
                        "/admin/quarantine/plans",
                        """
                        {"action":"reject","reason_code":"spam","reason":"a\\u0000b\\ud800",
                         "site_id":"no\\u0000where","submission_ids":["%s"]}\
                        """
                                .formatted(UUID.randomUUID()));

        assertThat(plan.json().path("details").path("reason").asString())
                .isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void aMendedMappingLetsInWhatWaitedWithItsOwnTimesAndOnce() {
        String source = source("{\"email\":\"contact.mail\",\"submitted_at\":\"at\"}");
        deliver(source, 50);
        var waiting = awaitQuarantined(source, 50);
        var before = app.call("GET", releasePlan(waiting), ADMIN);

        var replay =
                made(
                        "/admin/sources/" + source + "/mapping-replays",
                        """
                        {"mapping":{"email":"contact.email","submitted_at":"at"},"days":1,
                         "rate_per_second":200}\
                        """);
        String path = "/admin/sources/" + source + "/mapping-replays/" + replay.text("plan_id");
        var foretold = awaitStatus(path, "ready");
        run(path);

        assertThat(count(before, "predicted", "still_quarantined")).isEqualTo(50);
        assertThat(count(before, "predicted_errors", "no-identity")).isEqualTo(50);
        assertThat(count(foretold, "predicted", "newly_valid")).isEqualTo(50);
        assertThat(foretold.response().body()).doesNotContain("@quarantine.test");
        var leads = leads(source);
        assertThat(leads).hasSize(50);
        assertThat(leads.stream().map(LeadCaptured::getSubmission))
                .allSatisfy(submission -> assertThat(submission.getReleased()).isTrue());
        assertThat(times(leads.stream().map(LeadCaptured::getSubmission).toList()))
                .isEqualTo(times(waiting));
        accountsOf(source, Map.of("accepted", 50));

        var again = run(releasePlan(waiting));

        assertThat(count(again, "outcomes", "already_released")).isEqualTo(50);
        assertThat(leads(source)).hasSize(50);
        accountsOf(source, Map.of("accepted", 50));
    }

    private static Map<String, Instant> times(List<Submission> submissions) {
        return submissions.stream()
                .collect(Collectors.toMap(Submission::getSubmissionId, Submission::getReceivedAt));
    }

    /// received = accepted + duplicate + blocked + test + refused + quarantined, as the views
    /// count.
    private static void accountsOf(String source, Map<String, Integer> expected) {
        var counts = new HashMap<String, Integer>();
        for (var record : log.read(Topics.LEAD_EVENTS.name())) {
            var event = record.value();
            var field = event.getSchema().getField("submission");
            if (field != null
                    && event.get(field.pos()) instanceof Submission submission
                    && source.equals(submission.getSourceId())) {
                String outcome =
                        event.getSchema().getName().startsWith("Lead")
                                ? "accepted"
                                : event.getSchema().getName();
                counts.merge(
                        outcome.equals("SubmissionQuarantined") ? "quarantined" : outcome,
                        1,
                        Integer::sum);
                if (submission.getReleased()) {
                    counts.merge("quarantined", -1, Integer::sum);
                }
            }
        }
        counts.values().removeIf(count -> count == 0);
        assertThat(counts).isEqualTo(expected);
        long received =
                log.values(Topics.INTAKE_RECEIPTS.name(), ReceiptRecorded.class).stream()
                        .filter(receipt -> source.equals(receipt.getSourceId()))
                        .mapToLong(receipt -> receipt.getSubmissionIds().size())
                        .sum();
        assertThat(counts.values().stream().mapToLong(Integer::longValue).sum())
                .isEqualTo(received);
    }

    @Test
    void aMappingReplayCorrectsLeadsAndASecondOneFindsThemRight() {
        String source = source("{\"email\":\"contact.email\",\"full_name\":\"contact.email\"}");
        deliver(source, 3);
        await().atMost(LONG).until(() -> leads(source).size() == 3);
        String right =
                """
                {"mapping":{"email":"contact.email","full_name":"contact.name"},"days":1}\
                """;

        String first = replay(source, right);
        var foretold = awaitStatus(first, "ready");
        run(first);
        var second = awaitStatus(replay(source, right), "ready");

        assertThat(count(foretold, "predicted", "changed")).isEqualTo(3);
        var corrections =
                log.values(Topics.LEAD_EVENTS.name(), LeadCorrected.class).stream()
                        .filter(c ->
                                leads(source).stream()
                                        .anyMatch(lead -> lead.getLeadId().equals(c.getLeadId())))
                        .toList();
        assertThat(corrections)
                .hasSize(3)
                .allSatisfy(c ->
                        assertThat(PersonalData.open(c.getAfter().get("full_name")))
                                .startsWith("Person "));
        assertThat(second.json().path("result").path("unchanged").asInt()).isEqualTo(3);
        assertThat(second.json().path("total").asInt()).isZero();
    }

    private static String replay(String source, String body) {
        String path = "/admin/sources/" + source + "/mapping-replays";
        return path + "/" + made(path, body).text("plan_id");
    }

    @Test
    void oneIsLookedAtEditedForetoldAndReleased() {
        String source = source("{\"full_name\":\"contact.name\"}");
        deliver(source, 1);
        var waiting = awaitQuarantined(source, 1).getFirst();
        String path = "/admin/quarantine/" + waiting.getSiteId() + "_" + waiting.getSubmissionId();

        var still = app.json(path + "/release", "", ADMIN);
        var foretold =
                app.json(
                        path + "/preview",
                        "{\"fields\":{\"email\":\"Anna@Quarantine.Test\"}}",
                        ADMIN);
        var edited = app.patch(path, "{\"email\":\"Anna@Quarantine.Test\"}", ADMIN);
        var shown = app.call("GET", path, ADMIN);
        var released = app.json(path + "/release", "", ADMIN);
        var again = app.json(path + "/release", "{}", ADMIN);
        var rejected = app.json(path + "/reject", "{\"reason_code\":\"spam\"}", ADMIN);

        assertThat(still.status()).isEqualTo(422);
        assertThat(still.text("type")).isEqualTo("/problems/no-identity");
        assertThat(foretold.text("outcome")).isEqualTo("accepted");
        assertThat(foretold.json().get("new_lead").asBoolean()).isTrue();
        assertThat(edited.status()).as(edited.response().body()).isEqualTo(200);
        assertThat(edited.text("outcome")).isEqualTo("edited");
        assertThat(shown.json().path("fields").path("email").asString())
                .isEqualTo("anna@quarantine.test");
        assertThat(released.text("outcome")).isEqualTo("accepted");
        assertThat(released.text("lead_id")).isEqualTo(foretold.text("lead_id"));
        assertThat(again.text("already")).isEqualTo("released");
        assertThat(again.text("lead_id")).isEqualTo(released.text("lead_id"));
        assertThat(rejected.status()).isEqualTo(409);
        assertThat(rejected.text("type")).isEqualTo("/problems/already-released");
        assertThat(
                        log.values(Topics.LEAD_EVENTS.name(), SubmissionReleased.class).stream()
                                .filter(e -> e.getSubmissionId().equals(waiting.getSubmissionId()))
                                .map(SubmissionReleased::getActor))
                .containsExactly("user:anna");
    }

    @Test
    void aDryRunOfADeliveryTellsTheLeadItWouldMakeAndKeepsNothing() {
        String source = source("{\"email\":\"contact.email\"}");
        String body = "{\"contact\":{\"email\":\"dry-%s@quarantine.test\"}}".formatted(source);

        var dry = app.json("/admin/sources/" + source + "/preview", body, ADMIN);
        deliverOne(source, body);
        await().atMost(LONG).until(() -> leads(source).size() == 1);
        var known = app.json("/admin/sources/" + source + "/preview", body, ADMIN);
        var nobody = app.json("/admin/sources/" + source + "/preview", "{\"a\":1}", ADMIN);

        assertThat(dry.status()).as(dry.response().body()).isEqualTo(200);
        var item = dry.json().path("submissions").path(0);
        assertThat(item.path("outcome").asString()).isEqualTo("accepted");
        assertThat(item.path("new_lead").asBoolean()).isTrue();
        assertThat(dry.json().path("signature").path("valid").asBoolean()).isFalse();
        assertThat(known.json().path("submissions").path(0).path("outcome").asString())
                .isEqualTo("duplicate");
        assertThat(nobody.json().path("submissions").path(0).path("code").asString())
                .isEqualTo("no-identity");
        assertThat(leads(source)).hasSize(1);
        assertThat(quarantined(source)).isEmpty();
    }

    private static void deliverOne(String source, String body) {
        assertThat(app.json("/webhooks/generic/" + source, body, PROVIDER).status()).isEqualTo(200);
    }
}
