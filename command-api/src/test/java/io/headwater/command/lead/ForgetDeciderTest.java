package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.EraseLead;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.ForgetLead;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LoseLead;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.SubjectErased;
import io.headwater.events.lead.Submission;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person who is forgotten, and comes back.
@SuppressWarnings("NullAway.Init")
class ForgetDeciderTest {

    @TempDir private Path folder;
    private LeadDriver driver;

    @BeforeEach
    void start() {
        driver = new LeadDriver(folder);
        driver.capture(submission().build());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private static Submission.Builder again() {
        String id = UUID.randomUUID().toString();
        return submission().setSubmissionId(id).setDedupKey(id);
    }

    private LeadDriver.Outcome forget(String leadId) {
        return driver.change(LeadDriver.change(leadId).setForget(new ForgetLead("hand")).build());
    }

    @Test
    void whoComesBackIsSomebodyNew() {
        assertThat(driver.capture(again().build()).only(LeadResubmitted.class).getLeadId())
                .isEqualTo(LEAD);

        var erased = forget(LEAD).only(SubjectErased.class);

        assertThat(erased.getLeadId()).isEqualTo(LEAD);
        assertThat(erased.getCause()).isEqualTo("hand");
        assertThat(driver.capture(again().build()).one(LeadCaptured.class).getLeadId())
                .isNotEqualTo(LEAD);
        assertThat(driver.capture(again().build()).one(LeadResubmitted.class).getLeadId())
                .isNotEqualTo(LEAD);
    }

    @Test
    void onceIsEnough() {
        forget(LEAD);
        driver.capture(again().build());

        var repeated = forget(LEAD);

        assertThat(repeated.events()).isEmpty();
        assertThat(repeated.result().getOutcome()).isEqualTo("unchanged");
        // who came back meanwhile is known on
        assertThat(driver.capture(again().build()).events())
                .hasAtLeastOneElementOfType(LeadResubmitted.class);
    }

    @Test
    void nothingMoreIsLearnedAboutThem() {
        String other =
                String.valueOf(
                        driver.capture(
                                        again().setEmail(PersonalData.of("other@example.org"))
                                                .setPhone(null)
                                                .setVisitorId(null)
                                                .build())
                                .result()
                                .getAggregateId());
        forget(LEAD);

        assertThat(
                        driver.change(
                                        LeadDriver.change(LEAD)
                                                .setLose(new LoseLead("price", null))
                                                .build())
                                .result()
                                .getCode())
                .isEqualTo("lead-erased");
        var merge =
                driver.change(LeadDriver.change(other).setMerge(new MergeLead(LEAD, null)).build());
        assertThat(merge.events()).isEmpty();
        assertThat(merge.result().getCode()).isEqualTo("lead-erased");
        var told = driver.record(fact().setLeadRef(LEAD).build());
        assertThat(told.only(FactRecorded.class).getLeadId()).isNull();
        assertThat(
                        driver.change(
                                        LeadDriver.change(LEAD)
                                                .setErase(new EraseLead("hand"))
                                                .build())
                                .result()
                                .getAccepted())
                .isTrue();
    }

    @Test
    void allLeadsOfThePersonAreForgottenWhicheverIsNamed() {
        String other =
                String.valueOf(
                        driver.capture(
                                        again().setEmail(PersonalData.of("other@example.org"))
                                                .setPhone(null)
                                                .setVisitorId(null)
                                                .build())
                                .result()
                                .getAggregateId());
        driver.change(LeadDriver.change(LEAD).setMerge(new MergeLead(other, null)).build());

        var forgotten = forget(LEAD);

        assertThat(forgotten.events())
                .allSatisfy(event -> assertThat(event).isInstanceOf(SubjectErased.class))
                .extracting(event -> ((SubjectErased) event).getLeadId())
                .containsExactlyInAnyOrder(LEAD, other);
        assertThat(driver.capture(again().build()).one(LeadCaptured.class).getLeadId())
                .isNotIn(LEAD, other);
    }
}
