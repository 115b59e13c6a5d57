package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Stage;
import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.EraseLead;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LoseLead;
import io.headwater.events.lead.MoveLead;
import io.headwater.events.lead.RecordActivity;
import io.headwater.events.lead.WinLead;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Commands about the life of a lead through the decider, with its stores; merges have a class of
/// their own.
@SuppressWarnings("NullAway.Init")
class LifeDeciderTest {

    @TempDir private Path folder;
    private LeadDriver driver;

    @BeforeEach
    void start() {
        driver = new LeadDriver(folder);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private static ChangeLead.Builder lose() {
        return LeadDriver.change(LEAD).setLose(new LoseLead("price", null));
    }

    private static ChangeLead.Builder win() {
        return LeadDriver.change(LEAD).setWin(new WinLead(5000L, "EUR", null));
    }

    private static ChangeLead.Builder move(String stage) {
        return LeadDriver.change(LEAD).setMove(new MoveLead(stage, null));
    }

    @Test
    void answerTellsStageAndVersion() {
        driver.capture(submission().build());
        var decided = driver.change(move("contacted").build());

        var moved = decided.only(LeadStageChanged.class);
        assertThat(moved.getFromStage()).isEqualTo("new");
        assertThat(moved.getActor()).isEqualTo("user:zoe");
        assertThat(decided.result().getOutcome()).isEqualTo("changed");
        assertThat(decided.result().getSequence()).isEqualTo(2);
        assertThat(decided.result().getValues())
                .containsEntry("lead_id", LEAD)
                .containsEntry("status", "contacted")
                .containsEntry("version", "2");
    }

    @Test
    void refusalIsNoEventAndNamesItsRule() {
        driver.capture(submission().build());
        driver.change(lose().build());
        var refused = driver.change(win().setRequestHash("h").build());

        assertThat(refused.events()).isEmpty();
        assertThat(refused.result().getAccepted()).isFalse();
        assertThat(refused.result().getCode()).isEqualTo("lost-lead-cannot-be-won");
        assertThat(refused.result().getValues()).containsEntry("request_hash", "h");
    }

    @Test
    void sameCommandIdIsDecidedOnce() {
        driver.capture(submission().build());
        var command = win().build();
        var first = driver.change(command);
        var again = driver.change(command);

        assertThat(again.events()).isEmpty();
        assertThat(again.result()).isEqualTo(first.result());
    }

    @Test
    void oneOfTwoRacingMovesWins() {
        driver.capture(submission().build());
        var one = driver.change(move("contacted").setExpectedVersion(1L).build());
        var other = driver.change(move("qualified").setExpectedVersion(1L).build());

        assertThat(one.result().getAccepted()).isTrue();
        assertThat(other.result().getCode()).isEqualTo("version-conflict");
        assertThat(other.result().getDetail()).isEqualTo("The lead has version 2, not 1.");
        assertThat(other.events()).isEmpty();
    }

    @Test
    void timesThatCannotBeAreRefused() {
        driver.capture(submission().build());
        var early = driver.change(win().setAt(NOON.minusMillis(1)).build());
        var late = driver.change(win().setAt(NOON.plusSeconds(61)).build());

        assertThat(early.result().getCode()).isEqualTo("at-before-capture");
        assertThat(late.result().getCode()).isEqualTo("at-in-future");
    }

    @Test
    void unknownLeadIsRefused() {
        assertThat(driver.change(win().build()).result().getCode()).isEqualTo("unknown-lead");
    }

    @Test
    void contradictoryCommandsArePutAsideBeforeAnythingIsTouched() {
        driver.pipe(SITE, LeadDriver.change(LEAD).build());
        driver.pipe(SITE, win().setLose(new LoseLead("price", null)).build());
        driver.pipe(SITE, LeadDriver.change("other_1").setLose(new LoseLead("x", null)).build());
        driver.pipe(SITE, LeadDriver.change(LEAD).setWin(new WinLead(1L, null, null)).build());
        driver.pipe(
                SITE,
                LeadDriver.change(LEAD).setWin(new WinLead(Long.MAX_VALUE, "EUR", null)).build());

        assertThat(driver.deadLetterCauses())
                .containsExactly(
                        "invalid: not exactly one action",
                        "invalid: not exactly one action",
                        "invalid: the lead belongs to another site",
                        "invalid: an amount needs a currency",
                        "invalid: amount out of range");
        assertThat(driver.sizeOf("results")).isZero();
    }

    @Test
    void factMovesTheLeadByThePipelineOfItsCommand() {
        driver.capture(submission().build());
        var stages =
                List.of(
                        new Stage("inbox", "Inbox", "open"),
                        new Stage("visit", "Visit", "appointment"));
        var decided = driver.record(fact().build(), stages);
        assertThat(decided.one(LeadStageChanged.class).getToStage()).isEqualTo("visit");
    }

    @Test
    void leadStartsInTheFirstStageOfItsPipeline() {
        var stages = List.of(new Stage("inbox", "Inbox", "open"));
        var captured = driver.capture(submission().build(), stages);
        assertThat(captured.only(LeadCaptured.class).getStage()).isEqualTo("inbox");
    }

    @Test
    void testFactsMoveNothing() {
        driver.capture(submission().build());
        assertThat(driver.record(fact().setTest(true).build()).only(FactRecorded.class))
                .isNotNull();
    }

    @Test
    void eraseRequestOfAProviderIsAppliedOnceAndNeverWaits() {
        var request = fact().setKind("erase_requested").setProvider("linkedin");
        driver.record(request.setFactId("e1").build()).only(FactRecorded.class);
        assertThat(driver.capture(submission().build()).events()).hasSize(1);

        var applied = driver.record(request.setFactId("e2").build());
        assertThat(applied.one(EraseRequested.class).getCause()).isEqualTo("linkedin");
        assertThat(applied.one(EraseRequested.class).getMeta().getSequence()).isEqualTo(3);
        var byHand =
                driver.change(
                        LeadDriver.change(LEAD).setErase(new EraseLead("hand", false)).build());
        assertThat(byHand.result().getOutcome()).isEqualTo("unchanged");
    }

    @Test
    void activityOfACrmCountsOnce() {
        driver.capture(submission().build());
        var call = RecordActivity.newBuilder().setActivityId("crm-1").setActivity("call").build();
        var first = driver.change(LeadDriver.change(LEAD).setActivity(call).build());
        var again = driver.change(LeadDriver.change(LEAD).setActivity(call).build());

        assertThat(first.events()).hasSize(1);
        assertThat(again.events()).isEmpty();
        assertThat(again.result().getOutcome()).isEqualTo("unchanged");
    }

    @Test
    void factWithoutAnIdentityWaitsNowhere() {
        driver.record(fact().setEmail(null).build()).only(FactRecorded.class);
        assertThat(driver.sizeOf(LeadDesk.WAITING)).isZero();
        assertThat(driver.sizeOf(LeadDesk.IDENTITIES)).isZero();
    }

    @Test
    void foundFactWaitsUnderNoKeyAnyMore() {
        driver.record(fact().setPhone(PersonalData.of("+34600000009")).build());
        driver.capture(submission().build()).one(FactAttributed.class);

        var other =
                submission()
                        .setSubmissionId(UUID.randomUUID().toString())
                        .setEmail(PersonalData.of("other@example.org"))
                        .setPhone(PersonalData.of("+34600000009"))
                        .setDedupKey("other")
                        .build();
        assertThat(driver.capture(other).only(LeadCaptured.class)).isNotNull();
        assertThat(driver.sizeOf(LeadDesk.WAITING)).isZero();
    }

    @Test
    void onlySoManyFactsWaitUnderOneIdentity() {
        int more = 3;
        IntStream.range(0, WaitingFacts.MOST_UNDER_ONE + more)
                .forEach(i ->
                        driver.record(
                                fact().setFactId("f" + i)
                                        .setExternalRef("ref" + i)
                                        .setPhone(PersonalData.of("+346000001" + i))
                                        .build()));
        assertThat(driver.sizeOf(LeadDesk.WAITING)).isEqualTo(WaitingFacts.MOST_UNDER_ONE);
        assertThat(driver.waitingDropped()).isEqualTo(more);

        var found =
                driver.capture(submission().build()).events().stream()
                        .filter(FactAttributed.class::isInstance)
                        .map(event -> ((FactAttributed) event).getFactId())
                        .toList();
        assertThat(found)
                .hasSize(WaitingFacts.MOST_UNDER_ONE)
                .doesNotContain("f0", "f1", "f2")
                .contains("f3");
    }
}
