package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.EraseLead;
import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.EraseWithdrawn;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.ForgetLead;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LoseLead;
import io.headwater.events.lead.MergeLead;
import io.headwater.events.lead.SubjectErased;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.WithdrawErasure;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
        erase(leadId, NOON);
        return forget(leadId, null);
    }

    private LeadDriver.Outcome forget(String leadId, @Nullable Instant wish) {
        return driver.change(
                LeadDriver.change(leadId).setForget(new ForgetLead("hand", wish)).build());
    }

    private LeadDriver.Outcome erase(String leadId, Instant at) {
        return driver.change(
                LeadDriver.change(leadId)
                        .setErase(new EraseLead("hand", false))
                        .setRequestedAt(at)
                        .build());
    }

    private LeadDriver.Outcome withdraw(String leadId) {
        return driver.change(
                LeadDriver.change(leadId)
                        .setWithdrawErasure(new WithdrawErasure("a mistake"))
                        .build());
    }

    /// Merged into this one.
    private String other() {
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
        return other;
    }

    @Test
    void nobodyIsForgottenUnasked() {
        var refused = forget(LEAD, null);

        assertThat(refused.events()).isEmpty();
        assertThat(refused.result().getCode()).isEqualTo("erasure-not-requested");
        assertThat(withdraw(LEAD).result().getCode()).isEqualTo("erasure-not-requested");
    }

    @Test
    void whatWasWithdrawnIsNotDone() {
        var asked = erase(LEAD, NOON);
        assertThat(asked.result().getValues()).containsEntry("erase_requested_at", NOON.toString());

        var withdrawn = withdraw(LEAD).only(EraseWithdrawn.class);

        assertThat(withdrawn.getRequestedAt()).isEqualTo(NOON);
        assertThat(withdrawn.getReason()).isEqualTo("a mistake");
        assertThat(forget(LEAD, NOON).result().getCode()).isEqualTo("erasure-not-requested");
        assertThat(withdraw(LEAD).result().getCode()).isEqualTo("erasure-not-requested");
        assertThat(driver.capture(again().build()).only(LeadResubmitted.class).getLeadId())
                .isEqualTo(LEAD);
    }

    /// A command for the first wish may be late.
    @Test
    void aNewWishIsNotDoneForAnOlderOne() {
        var later = NOON.plusSeconds(30);
        erase(LEAD, NOON);
        withdraw(LEAD);
        erase(LEAD, later).only(EraseRequested.class);

        assertThat(forget(LEAD, NOON).result().getCode()).isEqualTo("erasure-not-requested");
        assertThat(erase(LEAD, later.plusSeconds(1)).events()).isEmpty();
        forget(LEAD, later).only(SubjectErased.class);
        assertThat(withdraw(LEAD).result().getCode()).isEqualTo("lead-erased");
    }

    @Test
    void itIsWithdrawnForAllLeadsOfThePerson() {
        erase(LEAD, NOON);
        String other = other();
        erase(other, NOON.plusSeconds(1)).only(EraseRequested.class);

        var withdrawn = withdraw(LEAD);

        assertThat(withdrawn.events())
                .allSatisfy(event -> assertThat(event).isInstanceOf(EraseWithdrawn.class))
                .extracting(event -> ((EraseWithdrawn) event).getLeadId())
                .containsExactlyInAnyOrder(LEAD, other);
        assertThat(forget(other, null).events()).isEmpty();
    }

    /// It was merged while the wish could be withdrawn.
    @Test
    void theWishOfOneLeadIsForAllLeadsOfThePerson() {
        erase(LEAD, NOON);
        String other = other();

        assertThat(forget(LEAD, NOON).events())
                .extracting(event -> ((SubjectErased) event).getLeadId())
                .containsExactlyInAnyOrder(LEAD, other);
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
                                                .setErase(new EraseLead("hand", false))
                                                .build())
                                .result()
                                .getAccepted())
                .isTrue();
    }

    @Test
    void allLeadsOfThePersonAreForgottenWhicheverIsNamed() {
        String other = other();

        var forgotten = forget(LEAD);

        assertThat(forgotten.events())
                .allSatisfy(event -> assertThat(event).isInstanceOf(SubjectErased.class))
                .extracting(event -> ((SubjectErased) event).getLeadId())
                .containsExactlyInAnyOrder(LEAD, other);
        assertThat(driver.capture(again().build()).one(LeadCaptured.class).getLeadId())
                .isNotIn(LEAD, other);
    }
}
