package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.SUBMISSION;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.CaptureLead;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.RecordFact;
import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.events.lead.SubmissionRefused;
import io.headwater.events.lead.SubmissionTested;
import io.headwater.schema.PersonalData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class LeadDeciderTest {

    private static final Duration DAY = Duration.ofHours(24);

    private LeadDriver driver;

    @BeforeEach
    void open(@TempDir Path stateDir) {
        driver = new LeadDriver(stateDir);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    /// A submission nobody could take for a repeat.
    private static Submission.Builder fresh() {
        String id = UUID.randomUUID().toString();
        return submission().setSubmissionId(id).setDedupKey(id).setBodyHash(id);
    }

    @Test
    void firstSubmissionBecomesALeadUnderItsSite() {
        var decided = driver.capture(submission().build());

        assertThat(decided.result().getOutcome()).isEqualTo("accepted");
        assertThat(decided.result().getValues())
                .isEqualTo(
                        Map.of(
                                "lead_id",
                                LEAD,
                                "submission_id",
                                submission().build().getSubmissionId(),
                                "created",
                                "true"));
        assertThat(decided.result().getSequence()).isEqualTo(1);
        var captured = decided.only(LeadCaptured.class);
        assertThat(captured.getLeadId()).isEqualTo(LEAD);
        assertThat(captured.getMeta().getSequence()).isEqualTo(1);
        assertThat(captured.getMeta().getEventId())
                .isEqualTo(submission().build().getSubmissionId() + "-0");
        assertThat(captured.getMeta().getOccurredAt()).isEqualTo(NOON);
        assertThat(decided.eventKeys()).containsExactly(SITE);
    }

    @Test
    void sameCommandTwiceGivesTheSameResultAndNoEvent() {
        var first = driver.capture(submission().build());
        var second = driver.capture(submission().build());

        assertThat(second.events()).isEmpty();
        assertThat(second.result()).isEqualTo(first.result());
    }

    @Test
    void repeatedDeliveryNamesTheFirst() {
        driver.capture(submission().build());
        String again = UUID.randomUUID().toString();
        var decided = driver.capture(submission().setSubmissionId(again).build());

        var duplicate = decided.only(SubmissionDuplicated.class);
        assertThat(duplicate.getDuplicateOf()).isEqualTo(submission().build().getSubmissionId());
        assertThat(duplicate.getLeadId()).isEqualTo(LEAD);
        assertThat(duplicate.getMeta().getAggregateId()).isEqualTo(again);
        assertThat(decided.result().getOutcome()).isEqualTo("duplicate");
        assertThat(decided.result().getValues())
                .containsEntry("submission_id", submission().build().getSubmissionId())
                .containsEntry("lead_id", LEAD)
                .containsEntry("first_outcome", "accepted");
    }

    @Test
    void duplicateWindowOfBodiesEndsBeforeAPersonIsReengaged() {
        var first =
                submission()
                        .setDedupKind("body_hash")
                        .setDuplicateWindowSeconds(10 * 86_400)
                        .build();
        driver.capture(first);

        var again =
                driver.capture(
                        Submission.newBuilder(first)
                                .setSubmissionId(UUID.randomUUID().toString())
                                .setReceivedAt(NOON.plus(DAY).plusSeconds(1))
                                .build());

        assertThat(again.only(LeadResubmitted.class).getReengaged()).isTrue();
    }

    @Test
    void duplicateWindowEnds() {
        driver.capture(submission().build());
        var later = NOON.plusSeconds(3600);
        var decided =
                driver.capture(
                        submission()
                                .setSubmissionId(UUID.randomUUID().toString())
                                .setReceivedAt(later)
                                .build());

        assertThat(decided.only(LeadResubmitted.class).getReengaged()).isFalse();
    }

    @Test
    void samePersonAfterADayIsReengaged() {
        driver.capture(submission().build());
        var decided = driver.capture(fresh().setReceivedAt(NOON.plus(DAY).plusSeconds(1)).build());

        var resubmitted = decided.only(LeadResubmitted.class);
        assertThat(resubmitted.getReengaged()).isTrue();
        assertThat(resubmitted.getLeadId()).isEqualTo(LEAD);
        assertThat(resubmitted.getMeta().getSequence()).isEqualTo(2);
        assertThat(decided.result().getSequence()).isEqualTo(2);
    }

    @Test
    void emailWinsOverPhoneAndTheConflictIsRecorded() {
        var one = driver.capture(fresh().setPhone(null).build());
        var two = driver.capture(fresh().setEmail(null).build());
        var both = driver.capture(fresh().build());

        var resubmitted = both.only(LeadResubmitted.class);
        assertThat(resubmitted.getLeadId()).isEqualTo(one.result().getAggregateId());
        assertThat(resubmitted.getConflictingLeadId()).isEqualTo(two.result().getAggregateId());
    }

    @Test
    void samePersonInAnotherProjectIsAnotherLead() {
        driver.capture(submission().build());
        var decided = driver.capture(fresh().setProjectName("Hilltop").build());
        assertThat(decided.only(LeadCaptured.class).getLeadId()).isNotEqualTo(LEAD);
    }

    @Test
    void reusedIdempotencyKeyIsRefusedAndTheFirstStays() {
        var key = submission().setDedupKind("idempotency_key").setDedupKey("k").setChannel("api");
        driver.capture(key.build());
        var reused =
                driver.capture(
                        key.setSubmissionId(UUID.randomUUID().toString())
                                .setBodyHash("another")
                                .build());
        var repeated =
                driver.capture(
                        key.setSubmissionId(UUID.randomUUID().toString())
                                .setBodyHash(submission().build().getBodyHash())
                                .build());

        assertThat(reused.only(SubmissionRefused.class).getCode())
                .isEqualTo("idempotency-key-reused");
        assertThat(reused.result().getAccepted()).isFalse();
        assertThat(repeated.only(SubmissionDuplicated.class).getDuplicateOf())
                .isEqualTo(submission().build().getSubmissionId());
    }

    @Test
    void robotIsBlockedAndAnsweredLikeAnybody() {
        var decided = driver.capture(submission().setHoneypotFilled(true).build());
        assertThat(decided.only(SubmissionBlocked.class).getCode()).isEqualTo("honeypot");
        assertThat(decided.result().getOutcome()).isEqualTo("blocked");
        assertThat(decided.result().getValues()).containsEntry("lead_id", LEAD);
        assertThat(driver.capture(fresh().build()).only(LeadCaptured.class).getLeadId())
                .isNotEqualTo(LEAD);
    }

    @Test
    void robotThatRepeatsItselfIsToldTheSameLead() {
        driver.capture(submission().setHoneypotFilled(true).build());

        var again =
                driver.capture(
                        submission()
                                .setSubmissionId(UUID.randomUUID().toString())
                                .setHoneypotFilled(true)
                                .build());

        assertThat(again.only(SubmissionDuplicated.class).getLeadId()).isNull();
        assertThat(again.result().getValues()).containsEntry("lead_id", LEAD);
    }

    @Test
    void testsAreKeptApart() {
        var decided = driver.capture(submission().setTest(true).build());
        assertThat(decided.only(SubmissionTested.class).getCode()).isEqualTo("marked");
        assertThat(decided.result().getOutcome()).isEqualTo("test");
    }

    @Test
    void unusableWebhookWaitsAndUnusableCallIsRefused() {
        var odd = fresh().setProblem("bad-phone").setProblemDetail("The phone is odd.");
        var webhook = driver.capture(odd.setChannel("webhook").build());
        assertThat(webhook.only(SubmissionQuarantined.class).getCode()).isEqualTo("bad-phone");
        assertThat(webhook.result().getOutcome()).isEqualTo("quarantined");

        var call = driver.capture(fresh().setProblem("bad-phone").setChannel("api").build());
        assertThat(call.only(SubmissionRefused.class).getCode()).isEqualTo("bad-phone");
        assertThat(call.result().getCode()).isEqualTo("bad-phone");
    }

    @Test
    void nobodyIsQuarantined() {
        var nobody =
                fresh().setEmail(null)
                        .setPhone(null)
                        .setVisitorId(null)
                        .setUserIp(null)
                        .setChannel("webhook");
        assertThat(driver.capture(nobody.build()).only(SubmissionQuarantined.class).getCode())
                .isEqualTo("no-identity");
    }

    @Test
    void factOfAKnownPersonBelongsToTheirNewestLead() {
        driver.capture(submission().build());
        var newest = driver.capture(fresh().setProjectName("Hilltop").build());
        var decided = driver.record(fact().build());

        var recorded = decided.one(FactRecorded.class);
        assertThat(recorded.getLeadId()).isEqualTo(newest.result().getAggregateId());
        assertThat(recorded.getMeta().getSequence()).isEqualTo(2);
        assertThat(decided.result().getOutcome()).isEqualTo("recorded");
    }

    @Test
    void factThatNamesItsLeadBelongsToIt() {
        driver.capture(submission().build());
        driver.capture(fresh().setProjectName("Hilltop").build());
        var decided = driver.record(fact().setEmail(null).setLeadRef(LEAD).build());
        assertThat(decided.one(FactRecorded.class).getLeadId()).isEqualTo(LEAD);
    }

    @Test
    void factWaitsForItsLead() {
        var early = driver.record(fact().setPhone(PersonalData.of("+34600000001")).build());
        assertThat(early.only(FactRecorded.class).getLeadId()).isNull();

        var decided = driver.capture(submission().build());
        assertThat(decided.events())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "LeadCaptured", "FactAttributed", "AppointmentChanged", "LeadStageChanged");
        var attributed = (FactAttributed) decided.events().get(1);
        assertThat(attributed.getLeadId()).isEqualTo(LEAD);
        assertThat(attributed.getMeta().getSequence()).isEqualTo(2);

        var other = driver.capture(fresh().setEmail(null).setProjectName("Hilltop").build());
        assertThat(other.events()).hasSize(1);
    }

    @Test
    void sameFactTwiceIsOneFact() {
        driver.record(fact().build());
        var again = driver.record(fact().build());
        assertThat(again.events()).isEmpty();
        assertThat(again.result().getOutcome()).isEqualTo("duplicate");
    }

    @Test
    void scoreIsNewsOnce() {
        driver.capture(submission().build());
        assertThat(driver.score(LEAD, 52).only(LeadScored.class).getEngagementScore())
                .isEqualTo(52);
        var again = driver.score(LEAD, 52);
        assertThat(again.events()).isEmpty();
        assertThat(again.result().getOutcome()).isEqualTo("unchanged");
        assertThat(again.result().getSequence()).isEqualTo(2);
    }

    @Test
    void scoreOfAnUnknownLeadIsRefused() {
        var decided = driver.score(LEAD, 52);
        assertThat(decided.events()).isEmpty();
        assertThat(decided.result().getOutcome()).isEqualTo("refused");
        assertThat(decided.result().getCode()).isEqualTo("unknown-lead");
    }

    @Test
    void poisonIsPutAsideAndTheNextCommandDecided() {
        driver.pipeRaw(SITE, "not avro".getBytes(StandardCharsets.UTF_8));
        driver.pipeRaw(SITE, null);
        driver.pipe(
                "another-site",
                new CaptureLead(id(), fresh().setSubmissionId(id()).build(), List.of()));
        driver.pipe(SITE, new CaptureLead("not the submission's", fresh().build(), List.of()));

        assertThat(driver.deadLetterCauses())
                .containsExactly(
                        "unreadable",
                        "no-value",
                        "wrong-key",
                        "invalid: command id is not the submission id");
        assertThat(driver.capture(submission().build()).result().getOutcome())
                .isEqualTo("accepted");
    }

    private static String id() {
        return "019aa1b0-0000-7000-8000-0000000000ff";
    }

    @Test
    void leadRemembersWhichSubmissionItWasScoredFor() {
        driver.capture(submission().build());
        driver.visit(LEAD, "newer", 52, NOON.plusSeconds(60));

        assertThat(driver.visit(LEAD, "older", 10, NOON).result().getOutcome())
                .isEqualTo("unchanged");
        assertThat(driver.visit(LEAD, null, 0, NOON.plusSeconds(90)).result().getOutcome())
                .isEqualTo("unchanged");
        assertThat(
                        driver.visit(LEAD, "newer", 60, NOON.plusSeconds(60))
                                .only(LeadScored.class)
                                .getSubmittedAt())
                .isEqualTo(NOON.plusSeconds(60));
    }

    @Test
    void whatExpiredIsForgotten() {
        driver.capture(submission().build());
        assertThat(driver.sizeOf("deliveries")).isEqualTo(1);
        assertThat(driver.sizeOf("results")).isEqualTo(1);

        driver.capture(fresh().setDuplicateWindowSeconds(0).build(), NOON.plus(Duration.ofDays(8)));
        driver.score(LEAD, 1, NOON.plus(Duration.ofDays(8)).plusSeconds(120));

        assertThat(driver.sizeOf("deliveries")).isEqualTo(1);
        assertThat(driver.sizeOf("results")).isEqualTo(2);
        assertThat(driver.sizeOf("expiries")).isEqualTo(2);
    }

    @Test
    void graphIsAsReviewed() throws IOException {
        var golden = Path.of("src/test/resources/lead/LeadDecider.txt");
        assertThat(driver.describe()).isEqualTo(Files.readString(golden));
    }

    @Test
    void everyCommandOfTheTopicHasARule() {
        for (var command :
                new SpecificRecord[] {
                    new CaptureLead(SUBMISSION, submission().build(), List.of()),
                    new RecordFact(id(), fact().build(), List.of()),
                    ScoreLead.newBuilder()
                            .setCommandId(id())
                            .setSiteId(SITE)
                            .setLeadId(LEAD)
                            .setEngagementScore(1)
                            .setEngagementLabel("Cold")
                            .setSubmittedAt(Instant.EPOCH)
                            .setRequestedAt(Instant.EPOCH)
                            .build()
                }) {
            driver.pipe(SITE, command);
        }
        assertThat(driver.deadLetterCauses()).isEmpty();
    }
}
