package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.Consent;
import io.headwater.events.lead.EditSubmission;
import io.headwater.events.lead.InspectSubmission;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.RejectSubmission;
import io.headwater.events.lead.ReleaseSubmission;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRejected;
import io.headwater.events.lead.SubmissionReleased;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class QuarantineTest {

    private static final Instant LATER = NOON.plus(Duration.ofDays(3));

    private LeadDriver driver;

    @BeforeEach
    void open(@TempDir Path stateDir) {
        driver = new LeadDriver(stateDir);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static Submission.Builder broken(String problem) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSubmissionId(id)
                .setChannel("webhook")
                .setFormId(null)
                .setSourceId("src")
                .setDedupKey(id)
                .setDedupKind("provider_id")
                .setDuplicateWindowSeconds(0)
                .setBodyHash(id)
                .setEmail(PersonalData.of(id + "@lakeside.test"))
                .setPhone(null)
                .setProblem(problem)
                .setProblemDetail("It is odd.");
    }

    private Submission quarantined(Submission.Builder broken) {
        var submission = broken.build();
        driver.capture(submission).only(SubmissionQuarantined.class);
        return submission;
    }

    private LeadDriver.Outcome edit(Submission after, int revision, boolean dryRun) {
        return driver.decide(
                EditSubmission.newBuilder()
                        .setCommandId(UUID.randomUUID().toString())
                        .setSiteId(SITE)
                        .setSubmissionId(after.getSubmissionId())
                        .setAfter(after)
                        .setExpectedRevision(revision)
                        .setDryRun(dryRun)
                        .setActor("user:anna")
                        .setRequestedAt(LATER)
                        .build(),
                LATER);
    }

    private LeadDriver.Outcome release(String submissionId, boolean force, boolean dryRun) {
        return driver.decide(
                ReleaseSubmission.newBuilder()
                        .setCommandId(UUID.randomUUID().toString())
                        .setSiteId(SITE)
                        .setSubmissionId(submissionId)
                        .setForce(force)
                        .setDryRun(dryRun)
                        .setActor("user:anna")
                        .setRequestedAt(LATER)
                        .build(),
                LATER);
    }

    private LeadDriver.Outcome reject(String submissionId) {
        return driver.decide(
                RejectSubmission.newBuilder()
                        .setCommandId(UUID.randomUUID().toString())
                        .setSiteId(SITE)
                        .setSubmissionId(submissionId)
                        .setReasonCode("spam")
                        .setActor("user:anna")
                        .setRequestedAt(LATER)
                        .build(),
                LATER);
    }

    private LeadDriver.Outcome inspect(String submissionId) {
        return driver.decide(
                InspectSubmission.newBuilder()
                        .setCommandId(UUID.randomUUID().toString())
                        .setSiteId(SITE)
                        .setSubmissionId(submissionId)
                        .setRequestedAt(LATER)
                        .build(),
                LATER);
    }

    @Test
    void isShownAsItStandsAndOnlyOnce() {
        var waiting = quarantined(broken("invalid-email"));

        var shown = inspect(waiting.getSubmissionId());

        assertThat(shown.events()).isEmpty();
        assertThat(shown.result().getOutcome()).isEqualTo("waiting");
        assertThat(shown.result().getCode()).isEqualTo("invalid-email");
        assertThat(shown.result().getSubmission()).isEqualTo(waiting);
        assertThat(shown.result().getValues())
                .containsEntry("revision", "0")
                .containsEntry("by_hand", "false");
        assertThat(driver.result(shown.result().getCommandId()).getSubmission()).isNull();
    }

    @Test
    void editTellsBeforeAndAfterAndReleaseLetsItInWithItsOwnTimes() {
        var waiting = quarantined(broken("invalid-email").setFirstName(null));
        var mended =
                Submission.newBuilder(waiting)
                        .setProblem(null)
                        .setProblemDetail(null)
                        .setFirstName(PersonalData.of("Anna"))
                        .setPayload(null)
                        .setReceivedAt(LATER)
                        .build();

        var edited = edit(mended, 0, false).only(SubmissionEdited.class);
        var released = release(waiting.getSubmissionId(), false, false);

        assertThat(edited.getBefore()).containsOnlyKeys("problem", "problem_detail");
        assertThat(edited.getAfter()).containsOnlyKeys("first_name");
        assertThat(PersonalData.open(edited.getAfter().get("first_name"))).isEqualTo("Anna");
        assertThat(edited.getMeta().getSequence()).isEqualTo(2);
        assertThat(released.events()).hasSize(2);
        var letIn = (SubmissionReleased) released.events().getFirst();
        assertThat(letIn.getMeta().getSequence()).isEqualTo(3);
        assertThat(letIn.getActor()).isEqualTo("user:anna");
        var captured = ((LeadCaptured) released.events().getLast()).getSubmission();
        assertThat(captured.getReleased()).isTrue();
        assertThat(captured.getReceivedAt()).isEqualTo(NOON);
        assertThat(captured.getSubmittedAt()).isEqualTo(waiting.getSubmittedAt());
        assertThat(captured.getPayload()).isEqualTo(waiting.getPayload());
        assertThat(released.result().getOutcome()).isEqualTo("accepted");
    }

    @Test
    void consentIsToldOnceAndNoEditChangesIt() {
        var waiting = quarantined(broken("hydration-failed").setConsents(List.of()));
        var first = consent("phone");

        var told = edit(agreed(waiting, List.of(first)), 0, false).only(SubmissionEdited.class);
        var again = edit(agreed(waiting, List.of(consent("sms"))), 1, false);
        var byHand = edit(agreed(waiting, List.of()), 1, false);

        assertThat(told.getConsents()).containsExactly(first);
        assertThat(told.getAfter()).doesNotContainKey("consents");
        assertThat(again.events()).isEmpty();
        assertThat(byHand.events()).isEmpty();
        assertThat(inspect(waiting.getSubmissionId()).result().getSubmission().getConsents())
                .containsExactly(first);
    }

    private static Submission agreed(Submission known, List<Consent> consents) {
        return Submission.newBuilder(known).setConsents(consents).setPayload(null).build();
    }

    private static Consent consent(String purpose) {
        return Consent.newBuilder()
                .setPurposes(List.of(purpose))
                .setGranted(true)
                .setAt(NOON)
                .build();
    }

    @Test
    void releasingTwiceChangesNothingAndNamesTheLead() {
        var waiting = quarantined(broken("cap-reached"));

        var first = release(waiting.getSubmissionId(), true, false);
        var second = release(waiting.getSubmissionId(), true, false);

        assertThat(second.events()).isEmpty();
        assertThat(second.result().getValues())
                .containsEntry("already", "released")
                .containsEntry("lead_id", first.result().getValues().get("lead_id"));
        assertThat(reject(waiting.getSubmissionId()).result().getCode())
                .isEqualTo("already-released");
    }

    @Test
    void whatIsStillUnusableGoesOnWaitingUnlessForced() {
        var waiting = quarantined(broken("cap-reached"));

        var refused = release(waiting.getSubmissionId(), false, false);
        var foretold = release(waiting.getSubmissionId(), true, true);
        var forced = release(waiting.getSubmissionId(), true, false);

        assertThat(refused.events()).isEmpty();
        assertThat(refused.result().getAccepted()).isFalse();
        assertThat(refused.result().getCode()).isEqualTo("cap-reached");
        assertThat(foretold.events()).isEmpty();
        assertThat(foretold.result().getValues())
                .containsEntry("dry_run", "true")
                .containsEntry("created", "true");
        assertThat(forced.result().getOutcome()).isEqualTo("accepted");
        assertThat(forced.result().getValues().get("lead_id"))
                .isEqualTo(foretold.result().getValues().get("lead_id"));
    }

    @Test
    void nobodyIsLetInWithoutAnIdentity() {
        var waiting =
                quarantined(
                        broken("no-identity").setEmail(null).setVisitorId(null).setUserIp(null));

        assertThat(release(waiting.getSubmissionId(), true, false).result().getCode())
                .isEqualTo("no-identity");
    }

    @Test
    void aReleasedCopyLeavesTheOtherReleasable() {
        var first = quarantined(broken("cap-reached").setDedupKey(null).setDedupKind("none"));
        var copy =
                quarantined(
                        Submission.newBuilder(first).setSubmissionId(UUID.randomUUID().toString()));

        release(first.getSubmissionId(), true, false);
        var second = release(copy.getSubmissionId(), true, false);

        assertThat(second.result().getAccepted()).isTrue();
        assertThat(second.events().getLast()).isInstanceOf(LeadResubmitted.class);
    }

    @Test
    void aRepeatOfAReleasedOneNamesItsLead() {
        var waiting = quarantined(broken("cap-reached"));
        var released = release(waiting.getSubmissionId(), true, false);

        var repeat =
                driver.capture(
                        Submission.newBuilder(waiting)
                                .setSubmissionId(UUID.randomUUID().toString())
                                .setProblem(null)
                                .build());

        assertThat(repeat.only(SubmissionDuplicated.class).getLeadId())
                .isEqualTo(released.result().getValues().get("lead_id"));
    }

    @Test
    void screeningCountsForReleasedOnes() {
        var waiting = quarantined(broken("invalid-email"));
        var robot =
                Submission.newBuilder(waiting).setProblem(null).setBlockCode("blocked_ip").build();
        edit(robot, 0, false);

        var released = release(waiting.getSubmissionId(), false, false);

        assertThat(released.events().getLast()).isInstanceOf(SubmissionBlocked.class);
        assertThat(released.result().getValues()).doesNotContainKey("lead_id");
        assertThat(release(waiting.getSubmissionId(), false, false).result().getOutcome())
                .isEqualTo("blocked");
    }

    @Test
    void aReusedKeyOfAWebhookWaitsAndCanBeForced() {
        var first = broken("x").setProblem(null).setDedupKind("idempotency_key").build();
        driver.capture(first);
        var reused =
                quarantined(
                        Submission.newBuilder(first)
                                .setSubmissionId(UUID.randomUUID().toString())
                                .setEmail(PersonalData.of("else@lakeside.test"))
                                .setBodyHash("another"));

        var refused = release(reused.getSubmissionId(), false, false);
        var forced = release(reused.getSubmissionId(), true, false);

        assertThat(refused.result().getCode()).isEqualTo("idempotency-key-reused");
        assertThat(forced.events().getLast()).isInstanceOf(LeadCaptured.class);
    }

    @Test
    void rejectedStaysRejected() {
        var waiting = quarantined(broken("invalid-email"));

        var rejected = reject(waiting.getSubmissionId()).only(SubmissionRejected.class);
        var again = reject(waiting.getSubmissionId());

        assertThat(rejected.getReasonCode()).isEqualTo("spam");
        assertThat(rejected.getMeta().getSequence()).isEqualTo(2);
        assertThat(again.events()).isEmpty();
        assertThat(again.result().getValues()).containsEntry("already", "rejected");
        assertThat(release(waiting.getSubmissionId(), true, false).result().getCode())
                .isEqualTo("already-rejected");
        assertThat(edit(waiting, 0, false).result().getCode()).isEqualTo("already-rejected");
        assertThat(inspect(waiting.getSubmissionId()).result().getSubmission()).isNull();
    }

    @Test
    void twoEditsOfTheSameRevisionDoNotOverwriteEachOther() {
        var waiting = quarantined(broken("invalid-email"));
        var anna = Submission.newBuilder(waiting).setFirstName(PersonalData.of("Anna")).build();
        var berta = Submission.newBuilder(waiting).setFirstName(PersonalData.of("Berta")).build();

        var foretold = edit(anna, 0, true);
        var first = edit(anna, 0, false);
        var second = edit(berta, 0, false);
        var same = edit(anna, 1, false);

        assertThat(foretold.events()).isEmpty();
        assertThat(foretold.result().getOutcome()).isEqualTo("quarantined");
        assertThat(first.result().getOutcome()).isEqualTo("edited");
        assertThat(second.result().getCode()).isEqualTo("edited-meanwhile");
        assertThat(same.result().getOutcome()).isEqualTo("unchanged");
        assertThat(same.events()).isEmpty();
    }

    @Test
    void unknownOnesAreUnknownAlsoToOtherSites() {
        assertThat(release("nobody", false, false).result().getCode())
                .isEqualTo("unknown-submission");
        assertThat(inspect("nobody").result().getAccepted()).isFalse();
    }
}
