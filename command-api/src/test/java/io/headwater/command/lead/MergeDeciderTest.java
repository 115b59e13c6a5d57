package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.ChangeLead;
import io.headwater.events.lead.CorrectLead;
import io.headwater.events.lead.EraseLead;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadAbsorbed;
import io.headwater.events.lead.LeadCorrected;
import io.headwater.events.lead.LeadCrmLinked;
import io.headwater.events.lead.LeadMerged;
import io.headwater.events.lead.LeadReleased;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.events.lead.LeadStageChanged;
import io.headwater.events.lead.LeadUnmerged;
import io.headwater.events.lead.LinkLead;
import io.headwater.events.lead.LoseLead;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.UnmergeLead;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two leads that are one person, and back.
@SuppressWarnings("NullAway.Init")
class MergeDeciderTest {

    @TempDir private Path folder;
    private LeadDriver driver;
    private String survivor;

    @BeforeEach
    void start() {
        driver = new LeadDriver(folder);
        driver.capture(submission().build());
        survivor = other("other@example.org");
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private String other(String email) {
        return String.valueOf(driver.capture(from(email)).result().getAggregateId());
    }

    private static Submission from(String email) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSubmissionId(id)
                .setDedupKey(id)
                .setEmail(PersonalData.of(email))
                .setPhone(null)
                .setVisitorId(null)
                .build();
    }

    private LeadDriver.Outcome merge(String leadId, String into) {
        return driver.change(LeadDriver.change(leadId).setMerge(new MergeLead(into, null)).build());
    }

    private LeadDriver.Outcome unmerge(String leadId) {
        return driver.change(LeadDriver.change(leadId).setUnmerge(new UnmergeLead(null)).build());
    }

    private LeadDriver.Outcome tell(ChangeLead.Builder command) {
        return driver.change(command.setMachine(true).build());
    }

    @Test
    void bothSidesSaySoAndFactsCountForTheSurvivor() {
        driver.record(fact().build());
        var merged = merge(LEAD, survivor);

        assertThat(merged.one(LeadMerged.class).getIntoLeadId()).isEqualTo(survivor);
        assertThat(merged.one(LeadAbsorbed.class).getFacts()).hasSize(1);
        assertThat(merged.one(LeadStageChanged.class).getLeadId()).isEqualTo(survivor);
        assertThat(merged.one(LeadStageChanged.class).getToStage()).isEqualTo("appointment");
        assertThat(merged.result().getAggregateId()).isEqualTo(LEAD);
        assertThat(merged.result().getValues()).containsEntry("survivor_id", survivor);

        var back = unmerge(LEAD);
        assertThat(back.one(LeadUnmerged.class).getFromLeadId()).isEqualTo(survivor);
        assertThat(back.one(LeadReleased.class).getMergedLeadId()).isEqualTo(LEAD);
        assertThat(back.one(LeadStageChanged.class).getToStage()).isEqualTo("new");
        assertThat(back.one(LeadStageChanged.class).getCause()).isEqualTo("merge");
    }

    @Test
    void peopleAreToldTheSurvivor() {
        merge(LEAD, survivor);
        var refused =
                driver.change(LeadDriver.change(LEAD).setLose(new LoseLead("price", null)).build());
        assertThat(refused.result().getCode()).isEqualTo("lead-merged");
        assertThat(refused.result().getDetail()).contains(survivor);
    }

    @Test
    void machinesReachTheSurvivor() {
        merge(LEAD, survivor);
        assertThat(
                        tell(LeadDriver.change(LEAD).setLink(new LinkLead(null, "17", null)))
                                .only(LeadCrmLinked.class)
                                .getLeadId())
                .isEqualTo(survivor);
        var correct =
                CorrectLead.newBuilder()
                        .setSubmissionId("s")
                        .setBefore(Map.of())
                        .setAfter(Map.of())
                        .setMappingVersion(2)
                        .build();
        assertThat(
                        tell(LeadDriver.change(LEAD).setCorrect(correct))
                                .only(LeadCorrected.class)
                                .getLeadId())
                .isEqualTo(survivor);
        assertThat(driver.score(LEAD, 52).only(LeadScored.class).getLeadId()).isEqualTo(survivor);
        assertThat(driver.record(fact().build()).one(FactRecorded.class).getLeadId())
                .isEqualTo(survivor);
        assertThat(
                        driver.record(fact().setFactId("named").setLeadRef(LEAD).build())
                                .one(FactRecorded.class)
                                .getLeadId())
                .isEqualTo(survivor);
    }

    @Test
    void identitiesGoWithTheMergeAndComeBackWithItsUndoing() {
        String email = "zoe@example.org";
        merge(LEAD, survivor);
        assertThat(driver.capture(from(email)).only(LeadResubmitted.class).getLeadId())
                .isEqualTo(survivor);
        unmerge(LEAD);
        assertThat(driver.capture(from(email)).only(LeadResubmitted.class).getLeadId())
                .isEqualTo(LEAD);
        assertThat(
                        driver.capture(from("other@example.org"))
                                .only(LeadResubmitted.class)
                                .getLeadId())
                .isEqualTo(survivor);
    }

    @Test
    void crmIdsSurviveMergeAndUnmerge() {
        driver.change(LeadDriver.change(LEAD).setLink(new LinkLead(null, "1", null)).build());
        driver.change(LeadDriver.change(survivor).setLink(new LinkLead(null, "2", null)).build());
        merge(LEAD, survivor);
        tell(LeadDriver.change(LEAD).setLink(new LinkLead(null, "3", null)));
        unmerge(LEAD);
        assertThat(driver.lead(LEAD).life().crmIds().keySet()).containsExactly("1");
        assertThat(driver.lead(survivor).life().crmIds().keySet()).containsExactly("2", "3");
    }

    @Test
    void circlesAndOddMergesAreRefused() {
        String third = other("third@example.org");
        assertThat(merge(LEAD, LEAD).result().getCode()).isEqualTo("merge-cycle");
        assertThat(merge(LEAD, "main_0").result().getCode()).isEqualTo("merge-target-unknown");
        assertThat(merge(LEAD, "other_1").result().getCode()).isEqualTo("merge-target-unknown");
        assertThat(unmerge(LEAD).result().getCode()).isEqualTo("not-merged");

        merge(LEAD, survivor);
        assertThat(merge(survivor, LEAD).result().getCode()).isEqualTo("merge-cycle");
        assertThat(merge(third, LEAD).result().getCode()).isEqualTo("lead-merged");
        assertThat(merge(LEAD, third).result().getCode()).isEqualTo("lead-merged");

        merge(survivor, third);
        assertThat(unmerge(LEAD).result().getCode()).isEqualTo("survivor-merged");
        assertThat(unmerge(survivor).result().getAccepted()).isTrue();
        assertThat(unmerge(LEAD).result().getAccepted()).isTrue();
    }

    @Test
    void erasureIsOfThePersonWhateverLeadIsNamed() {
        String third = other("third@example.org");
        merge(LEAD, survivor);
        merge(survivor, third);
        var erased =
                driver.change(
                        LeadDriver.change(LEAD).setErase(new EraseLead("hand", false)).build());
        assertThat(erased.events())
                .allSatisfy(event -> assertThat(event).isInstanceOf(EraseRequested.class))
                .extracting(event -> ((EraseRequested) event).getLeadId())
                .containsExactlyInAnyOrder(LEAD, survivor, third);
    }
}
