package io.headwater.command.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.command.CommandResult;
import io.headwater.events.lead.EditSubmission;
import io.headwater.events.lead.InspectSubmission;
import io.headwater.events.lead.PreviewSubmission;
import io.headwater.events.lead.RejectSubmission;
import io.headwater.events.lead.ReleaseSubmission;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The quarantine's paths, with a decider that says what the test wants.
@SuppressWarnings("NullAway.Init")
class QuarantineHttpTest {

    private static final String ID = SampleEvents.SUBMISSION;
    private static final String PATH = "/admin/quarantine/lakeside_" + ID;

    @RegisterExtension static final EdgeServer server = new EdgeServer();

    private Submission waiting;
    private String code = "";

    @BeforeEach
    void reset() {
        waiting =
                SampleEvents.submission()
                        .setSiteId("lakeside")
                        .setChannel("webhook")
                        .setSourceId("x1")
                        .setProvider("generic")
                        .setFormId(null)
                        .setEmail(null)
                        .setPhone(null)
                        .setFirstName(PersonalData.of("Anna"))
                        .setLastName(null)
                        .setFullName(null)
                        .setPayload(PersonalData.of("{\"first_name\":\"Anna\"}"))
                        .setProblem("invalid-email")
                        .setProblemDetail("the e-mail address is not one")
                        .build();
        server.results.decide(server.log, this::decide);
    }

    private CommandResult.Builder decide(SpecificRecord command) {
        return switch (command) {
            case InspectSubmission inspect ->
                    answer(inspect.getCommandId(), "waiting")
                            .setCode("invalid-email")
                            .setValues(
                                    Map.of(
                                            "submission_id",
                                            inspect.getSubmissionId(),
                                            "revision",
                                            "1",
                                            "by_hand",
                                            "true"))
                            .setSubmission(waiting);
            case EditSubmission edit -> answer(edit.getCommandId(), "edited");
            case ReleaseSubmission release -> answer(release.getCommandId(), "accepted");
            case RejectSubmission reject -> answer(reject.getCommandId(), "rejected");
            case PreviewSubmission preview ->
                    answer(preview.getCommandId(), "accepted")
                            .setValues(Map.of("lead_id", "lakeside_1", "created", "true"));
            default -> throw new IllegalStateException(command.getSchema().getName());
        };
    }

    private CommandResult.Builder answer(String commandId, String outcome) {
        boolean refused = !code.isEmpty();
        return CommandResult.newBuilder()
                .setCommandId(commandId)
                .setAccepted(!refused)
                .setOutcome(refused ? "refused" : outcome)
                .setCode(refused ? code : null)
                .setDetail(refused ? "A rule says no." : null)
                .setDecidedAt(Instant.EPOCH);
    }

    @Test
    void anEditIsNormalisedLikeADelivery() {
        var answer =
                server.patch(
                        PATH,
                        "{\"EMAIL\":\" Anna@Lakeside.Test \",\"phone\":\"0049 30 901820\",\"country\":\"Germany\"}",
                        "X-Headwater-Actor",
                        "user:anna");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        var edit = server.log.of(EditSubmission.class).getFirst();
        assertThat(PersonalData.open(edit.getAfter().getEmail())).isEqualTo("anna@lakeside.test");
        assertThat(PersonalData.open(edit.getAfter().getPhone())).isEqualTo("+4930901820");
        assertThat(edit.getAfter().getCountry()).isEqualTo("DE");
        assertThat(edit.getAfter().getProblem()).isNull();
        assertThat(PersonalData.open(edit.getAfter().getFirstName())).isEqualTo("Anna");
        assertThat(edit.getExpectedRevision()).isEqualTo(1);
        assertThat(edit.getActor()).isEqualTo("user:anna");
        assertThat(answer.json().path("fields").path("email").asString())
                .isEqualTo("anna@lakeside.test");
    }

    @Test
    void aProblemOfAFieldThatWasNotChangedStays() {
        server.patch(PATH, "{\"phone\":\"+4930901820\"}");

        assertThat(server.log.of(EditSubmission.class).getFirst().getAfter().getProblem())
                .isEqualTo("invalid-email");
    }

    @Test
    void nullClearsAndAWholeNameReplacesItsParts() {
        server.patch(PATH, "{\"full_name\":\"Berta Brecht\",\"city\":null}");

        var after = server.log.of(EditSubmission.class).getFirst().getAfter();
        assertThat(after.getFirstName()).isNull();
        assertThat(PersonalData.open(after.getFullName())).isEqualTo("Berta Brecht");
        assertThat(after.getCity()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"shoe_size\":\"42\"} | shoe_size | is no field of a lead",
                "{\"email\":{}} | email | must be a text",
                "{\"email\":\" \"} | email | is blank",
                "{\"email\":\"nobody\"} | email | is not an e-mail address",
                "{\"submitted_at\":\"soon\"} | submitted_at | is neither",
                "{\"email\":\"a@b.test\",\"email1\":\"c@d.test\"} | email1 | is the same field"
            })
    void whatCannotBeIsNamed(String body, String field, String why) {
        var answer = server.patch(PATH, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-fields");
        var error = answer.json().path("errors").path(0);
        assertThat(error.path("field").asString()).isEqualTo(field);
        assertThat(error.path("message").asString()).contains(why);
        assertThat(server.log.of(EditSubmission.class)).isEmpty();
    }

    @Test
    void aReleaseSaysWhoAndHow() {
        server.json(PATH + "/release", "{\"force\":true}", "X-Headwater-Actor", "user:anna");
        server.json(PATH + "/release", "");
        var nobody = server.json(PATH + "/release", "", "X-Headwater-Actor", "<script>");

        var releases = server.log.of(ReleaseSubmission.class);
        assertThat(releases.getFirst().getForce()).isTrue();
        assertThat(releases.getFirst().getActor()).isEqualTo("user:anna");
        assertThat(releases.getFirst().getPipeline()).hasSize(9);
        assertThat(nobody.status()).isEqualTo(400);
        assertThat(releases).hasSize(2);
        assertThat(releases.getLast().getForce()).isFalse();
        assertThat(releases.getLast().getActor()).isEqualTo("key:admin");
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-submission, 404",
        "already-rejected, 409",
        "no-identity, 422",
        "cap-reached, 422"
    })
    void aRefusalIsAProblemOfItsOwn(String refusal, int status) {
        code = refusal;

        var answer = server.json(PATH + "/reject", "{\"reason_code\":\"spam\"}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("type")).isEqualTo("/problems/" + refusal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{} | reason_code", "{\"reason_code\":\"No!\"} | reason_code"})
    void aRejectionNeedsAReason(String body, String field) {
        var answer = server.json(PATH + "/reject", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void aReasonIsTextThatCanBeKept() {
        server.json(PATH + "/reject", "{\"reason_code\":\"spam\",\"reason\":\"a\\u0000b\"}");

        assertThat(server.log.of(RejectSubmission.class))
                .singleElement()
                .satisfies(asked -> assertThat(asked.getReason()).isEqualTo("a\ufffdb"));
    }

    @Test
    void anIdThatIsNoneIsNamedAndABareOneIsLookedFor() {
        var wrong = server.json("/admin/quarantine/nothing/release", "");
        var bare = server.json("/admin/quarantine/" + ID.replace("-", "") + "/release", "");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(bare.status()).isEqualTo(200);
        assertThat(server.log.of(ReleaseSubmission.class).getFirst().getSubmissionId())
                .isEqualTo(ID);
    }

    @Test
    void aDryRunOfADeliveryIsJudgedAndNotKept() {
        var answer =
                server.json(
                        "/admin/sources/x1/preview",
                        "{\"email\":\"A@Lakeside.Test\"}",
                        "X-Delivery-X-API-Key",
                        "generic-key-1");
        var unknown = server.json("/admin/sources/none/preview", "{}");

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        assertThat(answer.json().path("signature").path("valid").asBoolean()).isTrue();
        var item = answer.json().path("submissions").path(0);
        assertThat(item.path("fields").path("email").asString()).isEqualTo("a@lakeside.test");
        assertThat(item.path("new_lead").asBoolean()).isTrue();
        assertThat(item.has("lead_id")).isFalse();
        assertThat(server.log.records).hasSize(1);
        assertThat(unknown.status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"access_token, would be fetched", "verify_token, no access token"})
    void aDryRunSaysWhatTheProviderWouldBeAsked(String secretOption, String told) {
        server.directory.put(
                FakeDirectory.source(
                        "thin1",
                        "meta",
                        "app-secret-1",
                        Map.of(),
                        Map.of(secretOption, "some-token-of-meta")));

        var item =
                server.json(
                                "/admin/sources/thin1/preview",
                                "{\"object\":\"page\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"leadgen\",\"value\":{\"leadgen_id\":\"7\"}}]}]}")
                        .json()
                        .path("submissions")
                        .path(0);

        assertThat(item.path("outcome").asString()).isEqualTo("to_be_fetched");
        assertThat(item.path("detail").asString()).contains(told);
        assertThat(server.log.records).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"action\":\"burn\",\"submission_ids\":[\"x\"]} | action",
                "{\"action\":\"release\",\"submission_ids\":[]} | submission_ids",
                "{\"action\":\"release\",\"submission_ids\":[\"x\"]} | submission_ids[0]",
                "{\"action\":\"reject\",\"submission_ids\":[\"lakeside_019aa1b0-0000-7000-8000-000000000001\"]} | reason_code"
            })
    void aPlanThatCannotBeIsNamed(String body, String field) {
        var answer = server.json("/admin/quarantine/plans", body);

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo(field);
    }

    @Test
    void plansNeedPostgres() {
        var answer = server.call("GET", "/admin/quarantine/plans");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("type")).isEqualTo("/problems/postgres-unavailable");
    }
}
