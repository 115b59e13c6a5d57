package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.command.WholeApi;
import io.headwater.command.edge.EdgeServer.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The life of a lead through the whole application: requests, decisions, problems.
@SuppressWarnings("NullAway.Init")
@ExtendWith(WholeApi.class)
class LeadLifeIT {

    private static final String[] ADMIN = {"X-API-Key", WholeApi.ADMIN};
    private static final String[] CRM = {"Authorization", "Bearer " + WholeApi.SECRET};

    private static EdgeServer app;
    private static String[] key;
    private String lead;

    @BeforeAll
    static void start() {
        app = EdgeServer.whole();
        String site = app.json("/analytics/sites", "{\"name\":\"Life\"}", ADMIN).text("site_id");
        String integration = "{\"site_id\":\"%s\",\"name\":\"crm\"}".formatted(site);
        key =
                new String[] {
                    "X-API-Key",
                    app.json("/analytics/integrations", integration, ADMIN).text("api_key")
                };
    }

    @BeforeEach
    void capture() {
        lead = newLead();
    }

    private static String newLead() {
        String body = "{\"email\":\"%s@life.test\"}".formatted(UUID.randomUUID());
        var answer = app.json("/lead.capture", body, key);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        return answer.text("lead_id");
    }

    private Answer act(String action, String body, String... headers) {
        var all = new ArrayList<>(List.of(ADMIN));
        all.addAll(List.of(headers));
        return app.json(
                "/analytics/leads/" + lead + "/" + action, body, all.toArray(String[]::new));
    }

    private static void isProblem(Answer answer, int status, String slug) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.text("type")).isEqualTo("/problems/" + slug);
    }

    @Test
    void decisionIsTheAnswer() {
        var won = act("win", "{\"amount_minor\":129900,\"currency\":\"EUR\"}");

        assertThat(won.status()).as(won.response().body()).isEqualTo(200);
        assertThat(won.text("lead_id")).isEqualTo(lead);
        assertThat(won.text("status")).isEqualTo("won");
        assertThat(won.header("ETag")).isEqualTo("\"" + won.text("version") + "\"");
        var told = app.call("GET", "/commands/" + won.text("command_id"), ADMIN);
        assertThat(told.text("outcome")).isEqualTo("changed");
    }

    @Test
    void lostLeadCannotBeWon() {
        assertThat(act("lose", "{\"reason_code\":\"price\"}").status()).isEqualTo(200);
        isProblem(act("win", "{}"), 409, "lost-lead-cannot-be-won");
        assertThat(act("reopen", "").text("status")).isEqualTo("new");
        assertThat(act("win", "{}").text("status")).isEqualTo("won");
    }

    @Test
    void oneOfManyRacingMovesWins() throws Exception {
        String version = act("contact", "{\"channel\":\"call\"}").text("version");
        var racing = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String stage : List.of("contacted", "qualified", "quoted", "shown")) {
                String body =
                        "{\"stage\":\"%s\",\"expected_version\":%s}".formatted(stage, version);
                racing.add(threads.submit(() -> act("move", body)));
            }
        }
        int won = 0;
        for (var one : racing) {
            if (one.get().status() == 200) {
                won++;
            } else {
                isProblem(one.get(), 409, "version-conflict");
                assertThat(one.get().text("detail")).contains(", not " + version);
            }
        }
        assertThat(won).isEqualTo(1);
    }

    @Test
    void versionMayComeInIfMatch() {
        isProblem(
                act("move", "{\"stage\":\"quoted\"}", "If-Match", "\"99\""),
                409,
                "version-conflict");
        assertThat(act("move", "{\"stage\":\"quoted\"}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
        isProblem(act("move", "{\"stage\":\"shown\"}", "If-Match", "x"), 400, "invalid-fields");
    }

    @Test
    void repeatedKeyIsOneDecisionAndBelongsToOneRequest() {
        String[] once = {"Idempotency-Key", UUID.randomUUID().toString()};
        String body = "{\"amount_minor\":5,\"currency\":\"EUR\"}";
        var first = act("quote", body, once);
        var again = act("quote", body, once);

        assertThat(again.status()).as(again.response().body()).isEqualTo(200);
        assertThat(again.text("version")).isEqualTo(first.text("version"));
        assertThat(again.text("command_id")).isEqualTo(first.text("command_id"));
        isProblem(
                act("quote", "{\"amount_minor\":6,\"currency\":\"EUR\"}", once),
                422,
                "idempotency-key-reused");
    }

    @Test
    void patchMovesAndAssigns() {
        var patched = patch("{\"status\":\"qualified\",\"assignee\":\"zoe\",\"team\":\"north\"}");
        assertThat(patched.status()).as(patched.response().body()).isEqualTo(200);
        assertThat(patched.text("status")).isEqualTo("qualified");
        assertThat(patched.text("version")).isEqualTo("3");
        assertThat(patch("{\"assignee\":null}").text("version")).isEqualTo("4");
        isProblem(patch("{\"status\":\"nirvana\"}"), 409, "stage-unknown");
        isProblem(patch("{}"), 400, "invalid-fields");
        var unknown = patch("{\"email\":\"x\",\"status\":7}");
        isProblem(unknown, 400, "invalid-fields");
        assertThat(unknown.json().get("errors").findValuesAsString("field"))
                .containsExactly("email", "status");
    }

    private Answer patch(String body) {
        return app.body("PATCH", "/analytics/leads/" + lead, body, ADMIN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "move        | {}                                            | stage",
                "contact     | {\"channel\":\"pigeon\"}                      | channel",
                "contact     | {\"channel\":\"call\",\"reached\":\"perhaps\"} | reached",
                "appointment | {\"change\":\"shown\"}                        | ref",
                "quote       | {\"amount_minor\":12.5,\"currency\":\"EUR\"}  | amount_minor",
                "quote       | {\"amount_minor\":1000000000000001,\"currency\":\"EUR\"} | amount_minor",
                "quote       | {\"amount_minor\":\"much\",\"currency\":\"EUR\"} | amount_minor",
                "win         | {\"amount_minor\":1}                          | currency",
                "win         | {\"amount_minor\":1,\"currency\":\"euro\"}    | currency",
                "return      | {\"reason_code\":\"mood\"}                    | reason_code",
                "refund      | {\"reversed\":true}                           | refund_ref",
                "merge       | {}                                            | into_lead_id",
                "note        | {\"message\":\" \"}                           | message",
                "crm         | {\"crm_lead_id\":\"1\",\"crm_url\":\"no\"}    | crm_url",
                "win         | {\"expected_version\":\"x\"}                  | expected_version"
            })
    void wrongFieldIsNamed(String action, String body, String field) {
        var answer = act(action, body);
        isProblem(answer, 400, "invalid-fields");
        assertThat(answer.json().get("errors").findValuesAsString("field")).contains(field);
    }

    @Test
    void timesThatCannotBeAreNamed() {
        isProblem(act("win", "{\"at\":\"2001-01-01\"}"), 422, "at-before-capture");
        isProblem(act("win", "{\"at\":\"2999-01-01\"}"), 422, "at-in-future");
        isProblem(act("win", "{\"at\":\"soon\"}"), 422, "invalid-timestamp");
    }

    @Test
    void leadThatIsNotThereIsUnknown() {
        for (String id : List.of("nobody", "main_" + "0".repeat(32), "none_" + "0".repeat(32))) {
            lead = id;
            isProblem(act("win", "{}"), 404, "unknown-lead");
        }
    }

    @Test
    void whoDoesNotWaitAsksLater() {
        var pending = act("note", "{\"message\":\"call back\"}", "Prefer", "respond-async");
        assertThat(pending.status()).as(pending.response().body()).isIn(200, 202);
        String status = "/commands/" + pending.text("command_id");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> app.call("GET", status, ADMIN).text("status").equals("decided"));
    }

    @Test
    void onlyAdministratorsAct() {
        String path = "/analytics/leads/" + lead + "/win";
        isProblem(app.json(path, "{}"), 401, "unauthenticated");
        isProblem(app.json(path, "{}", key), 401, "unauthenticated");
    }

    @Test
    void mergedLeadNamesItsSurvivorAndCallbacksReachIt() {
        String merged = lead;
        String survivor = newLead();
        var answer = act("merge", "{\"into_lead_id\":\"%s\"}".formatted(survivor));
        assertThat(answer.text("survivor_id")).isEqualTo(survivor);
        var refused = act("lose", "{\"reason_code\":\"price\"}");
        isProblem(refused, 409, "lead-merged");
        assertThat(refused.text("detail")).contains(survivor);

        String body = "{\"lead_id\":\"%s\",\"crm_lead_id\":9007199254740993}".formatted(merged);
        var linked = app.json("/lead.capture/crm-callback", body, CRM);
        assertThat(linked.status()).as(linked.response().body()).isEqualTo(200);
        assertThat(linked.text("lead_id")).isEqualTo(survivor);
    }

    @Test
    void callbacksAreAuthenticAndPrecise() {
        String body = "{\"lead_id\":\"%s\",\"execution_url\":\"https://make.test/1\"}";
        assertThat(
                        app.json("/lead.capture/make-callback", body.formatted(lead), CRM)
                                .text("outcome"))
                .isEqualTo("changed");
        isProblem(
                app.json("/lead.capture/make-callback", body.formatted(lead)),
                401,
                "unauthenticated");
        isProblem(
                app.json("/lead.capture/make-callback", body.formatted("main_1"), CRM),
                404,
                "unknown-lead");
        isProblem(
                app.json("/lead.capture/crm-callback", "{\"lead_id\":\"x\"}", CRM),
                400,
                "invalid-fields");
    }

    @Test
    void activityOfTheCrmCountsOnce() {
        String form = "lead_id=" + lead + "&activity=call&at=2026-11-20T12%3A00%3A00Z";
        assertThat(activity(form).text("outcome")).isEqualTo("changed");
        String version = activity(form).text("version");
        assertThat(activity(form + "&summary=again").text("version")).isEqualTo(version);
        assertThat(activity(form + "&activity_id=7").text("version")).isNotEqualTo(version);
    }

    private static Answer activity(String form) {
        return app.post(
                "/webhooks/crm/lead",
                "application/x-www-form-urlencoded",
                form.getBytes(StandardCharsets.UTF_8),
                CRM);
    }
}
