package io.headwater.projectors.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.submission;
import static io.headwater.schema.SampleLife.ACTOR;
import static io.headwater.schema.SampleLife.AT;
import static io.headwater.schema.SampleLife.OTHER_LEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.lead.EraseRequested;
import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadCrmLinked;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import io.headwater.views.LeadTimelineRow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeadLifeTest {

    private static final Instant LATER = AT.plusSeconds(600);

    @TempDir private Path folder;
    private LeadViews views;

    @BeforeEach
    void captured() {
        views = new LeadViews(folder).send(leadCaptured());
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void startsInTheStageOfItsCapture() {
        var captured = LeadCaptured.newBuilder(leadCaptured()).setStage("inbox").build();

        views.send(captured);

        assertThat(views.lead().getStatus()).isEqualTo("inbox");
        assertThat(views.lead().getStatusSince()).isEqualTo(SampleEvents.NOON);
    }

    @Test
    void stageIsTheNewestDecision() {
        views.send(
                SampleLife.stageChanged("new", "qualified", 2).build(),
                SampleLife.stageChanged("qualified", "booked", 3)
                        .setToKind("appointment")
                        .setCause("appointment")
                        .setAt(LATER)
                        .build());

        var lead = views.lead();
        assertThat(lead.getStatus()).isEqualTo("booked");
        assertThat(lead.getStatusKind()).isEqualTo("appointment");
        assertThat(lead.getStatusCause()).isEqualTo("appointment");
        assertThat(lead.getStatusSince()).isEqualTo(LATER);
        assertThat(lead.getVersion()).isEqualTo(3);
    }

    @Test
    void firstContactIsTheEarliestWhenItIsToldLate() {
        views.send(
                SampleLife.contacted(2).setAt(LATER).build(),
                SampleLife.contacted(3).build(),
                SampleLife.contacted(4).setReached(true).setAt(LATER.plusSeconds(60)).build());

        assertThat(views.lead().getContactAttempts()).isEqualTo(3);
        assertThat(views.lead().getFirstContactAt()).isEqualTo(AT);
        assertThat(views.lead().getFirstReachedAt()).isEqualTo(LATER.plusSeconds(60));
    }

    @Test
    void nobodyIsResponsibleAnyMore() {
        views.send(
                SampleLife.assigned(2).build(),
                SampleLife.assigned(3).setAssignee(null).setTeam(null).build());

        assertThat(views.lead().getAssignee()).isNull();
        assertThat(views.lead().getTeam()).isNull();
    }

    @Test
    void appointmentThatWasShownAndTakenBackIsNotShown() {
        views.send(
                SampleLife.appointment("a", "booked", 2).build(),
                SampleLife.appointment("a", "shown", 3).setAt(LATER).build());
        assertThat(views.lead().getShownAt()).isEqualTo(LATER);

        views.send(SampleLife.appointment("a", "no_show", 4).setAt(LATER.plusSeconds(60)).build());

        assertThat(views.lead().getShownAt()).isNull();
        assertThat(views.lead().getAppointmentStatus()).isEqualTo("no_show");
        assertThat(views.lead().getAppointments()).isEqualTo(1);
    }

    @Test
    void chainOfReschedulesIsOneAppointment() {
        views.send(
                SampleLife.appointment("b", "booked", 2).build(),
                SampleLife.appointment("b", "rescheduled", 3)
                        .setRef("c")
                        .setPreviousRef("b")
                        .setCurrentRef("c")
                        .setStatus("booked")
                        .setStartsAt(LATER)
                        .build(),
                // An earlier booking of the same chain is told last.
                SampleLife.appointment("a", "booked", 4)
                        .setRef("b")
                        .setPreviousRef("a")
                        .setCurrentRef("c")
                        .setReplacedRefs(List.of("b"))
                        .build());

        assertThat(views.appointment("b").getPartOf()).isEqualTo("a");
        assertThat(views.appointment("b").getCounts()).isFalse();
        assertThat(views.appointment("a").getReschedules()).isEqualTo(2);
        assertThat(views.appointment("a").getCounts()).isTrue();
        assertThat(views.lead().getAppointments()).isEqualTo(1);
        assertThat(views.lead().getAppointmentRef()).isEqualTo("a");
    }

    @Test
    void appointmentThatCountsIsTheLatestThatIsNotCancelled() {
        views.send(
                SampleLife.appointment("soon", "booked", 2).setStartsAt(LATER).build(),
                SampleLife.appointment("late", "booked", 3)
                        .setStartsAt(LATER.plusSeconds(60))
                        .build(),
                SampleLife.appointment("late", "cancelled", 4)
                        .setStartsAt(LATER.plusSeconds(60))
                        .build());

        assertThat(views.lead().getAppointments()).isEqualTo(2);
        assertThat(views.lead().getAppointmentRef()).isEqualTo("soon");
        assertThat(views.lead().getAppointmentStartsAt()).isEqualTo(LATER);
    }

    @Test
    void reopeningTakesBackWhatEndedIt() {
        views.send(SampleLife.lost(2).build());
        assertThat(views.lead().getStatus()).isEqualTo("lost");
        assertThat(views.lead().getLostReason()).isEqualTo("price");

        views.send(SampleLife.stageChanged("lost", "contacted", 3).setCause("reopen").build());

        assertThat(views.lead().getStatus()).isEqualTo("contacted");
        assertThat(views.lead().getLostAt()).isNull();
        assertThat(views.lead().getLostReason()).isNull();
    }

    @Test
    void returnedLeadSaysWhy() {
        views.send(SampleLife.returned(2).build());

        assertThat(views.lead().getStatus()).isEqualTo("returned");
        assertThat(views.lead().getReturnReason()).isEqualTo("invalid_contact");
        assertThat(views.lead().getReturnedAt()).isEqualTo(AT);
    }

    @Test
    void everyCrmKeepsItsId() {
        var unnamed = LeadCrmLinked.newBuilder(SampleLife.crmLinked("9007199254740993", 3));

        views.send(SampleLife.crmLinked("1", 2), unnamed.setCrm(null).build());

        assertThat(views.lead().getCrmIds())
                .isEqualTo(Map.of("zoho", "1", "crm", "9007199254740993"));
    }

    @Test
    void leadIsFoundByTheCrmIdsOfThoseItStandsFor() {
        var survivors = LeadCrmLinked.newBuilder(SampleLife.crmLinked("7", 2));
        views.send(
                other(),
                survivors.setLeadId(OTHER_LEAD).build(),
                SampleLife.crmLinked("1", 2),
                SampleLife.merged(3),
                SampleLife.absorbed(3));
        assertThat(views.lead(OTHER_LEAD).getCrmIds())
                .isEqualTo(Map.of("zoho", "7", "zoho (2)", "1"));

        views.send(SampleLife.unmerged(4), SampleLife.released(4));

        assertThat(views.lead(OTHER_LEAD).getCrmIds()).isEqualTo(Map.of("zoho", "7"));
    }

    @Test
    void firstWishToBeForgottenStands() {
        var later = EraseRequested.newBuilder(SampleLife.eraseRequested(3));

        views.send(SampleLife.eraseRequested(2), later.setAt(LATER).build());

        assertThat(views.lead().getEraseRequestedAt()).isEqualTo(AT);
    }

    @Test
    void aWishThatIsWithdrawnIsShownInTheHistoryOnly() {
        views.send(other(), SampleLife.eraseRequested(2), SampleLife.merged(3));
        views.send(SampleLife.absorbed(2));
        assertThat(views.lead(OTHER_LEAD).getEraseRequestedAt()).isEqualTo(AT);

        views.send(SampleLife.eraseWithdrawn(4));

        assertThat(views.lead().getEraseRequestedAt()).isNull();
        assertThat(views.lead(OTHER_LEAD).getEraseRequestedAt()).isNull();
        assertThat(views.timeline(LEAD))
                .extracting(LeadTimelineRow::getKind)
                .contains("erase_requested", "erase_withdrawn");
        views.send(EraseRequested.newBuilder(SampleLife.eraseRequested(5)).setAt(LATER).build());
        assertThat(views.lead().getEraseRequestedAt()).isEqualTo(LATER);
    }

    @Test
    void mergedLeadKeepsItsRowUntilItIsItsOwnAgain() {
        views.send(other(), SampleLife.merged(2), SampleLife.absorbed(2));
        assertThat(views.lead().getMergedInto()).isEqualTo(OTHER_LEAD);
        assertThat(views.lead().getMergedAt()).isEqualTo(AT);

        views.send(SampleLife.unmerged(3), SampleLife.released(3));

        assertThat(views.lead().getMergedInto()).isNull();
        assertThat(views.lead(OTHER_LEAD).getVersion()).isEqualTo(3);
    }

    @Test
    void appointmentsOfAMergedLeadCountForTheOneThatStandsForIt() {
        views.send(other(), SampleLife.appointment("a", "shown", 2).build());

        views.send(SampleLife.merged(3), SampleLife.absorbed(2));
        assertThat(views.lead(OTHER_LEAD).getShownAt()).isEqualTo(AT);
        views.send(SampleLife.unmerged(4), SampleLife.released(3));

        assertThat(views.lead(OTHER_LEAD).getShownAt()).isNull();
        assertThat(views.lead().getShownAt()).isEqualTo(AT);
    }

    @Test
    void whatIsWithdrawnStandsInTheTimeline() {
        views.send(
                SampleLife.consentWithdrawn(List.of("sms", "phone"), 2),
                SampleLife.consentWithdrawn(List.of(), 3));

        var lines = views.timeline(LEAD).stream().skip(1).toList();
        assertThat(lines)
                .extracting(LeadTimelineRow::getKind, LeadTimelineRow::getAt)
                .containsOnly(tuple("consent_withdrawn", AT));
        assertThat(lines.getFirst().getReason()).isEqualTo("said so when called");
        assertThat(lines.getFirst().getDetails())
                .isEqualTo(Map.of("purposes", "sms,phone", "channel", "phone"));
        assertThat(lines.getLast().getDetails()).doesNotContainKey("purposes");
        assertThat(views.lead().getVersion()).isEqualTo(3);
    }

    @Test
    void timelineTellsWhoDidWhatAndNothingPersonalInItsDetails() {
        views.send(
                SampleLife.stageChanged("new", "contacted", 2).setReason("called twice").build(),
                SampleLife.noted("likes the sea", 3),
                SampleLife.won(120_000, "EUR", 4).build());

        var lines = views.timeline(LEAD);
        assertThat(lines)
                .extracting(
                        LeadTimelineRow::getKind,
                        LeadTimelineRow::getActor,
                        LeadTimelineRow::getReason,
                        line -> PersonalData.open(line.getNote()))
                .containsExactly(
                        tuple("captured", null, null, "two rooms, please"),
                        tuple("stage", ACTOR, "called twice", null),
                        tuple("noted", ACTOR, null, "likes the sea"),
                        tuple("won", ACTOR, null, null));
        assertThat(lines.get(1).getDetails())
                .containsEntry("from_stage", "new")
                .containsEntry("to_stage", "contacted");
        assertThat(lines.get(3).getDetails())
                .containsEntry("amount_minor", "120000")
                .containsEntry("currency", "EUR");
        assertThat(lines.toString()).doesNotContain("zoe@example.org");
    }

    @Test
    void importedLeadIsAsOldAsItSays() {
        var imported =
                submission().setImported(true).setSubmittedAt(SampleEvents.NOON.minusSeconds(60));

        views.send(leadCaptured(OTHER_LEAD, imported.setSubmissionId("old").build()));

        assertThat(views.lead(OTHER_LEAD).getCreatedAt())
                .isEqualTo(SampleEvents.NOON.minusSeconds(60));
        assertThat(views.lead(OTHER_LEAD).getImported()).isTrue();
    }

    private static LeadCaptured other() {
        return LeadCaptured.newBuilder(
                        leadCaptured(
                                OTHER_LEAD,
                                submission().setSubmissionId("other-submission").build()))
                .setMeta(SampleLife.meta(OTHER_LEAD, 1))
                .build();
    }
}
