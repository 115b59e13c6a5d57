package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.fact;
import static io.headwater.schema.SampleEvents.submission;

import io.headwater.command.lead.life.Pipeline;
import io.headwater.life.FactNote;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeadTest {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Engagement UNSEEN = new Engagement(null, 0, "Cold", 0, 0, 0, 1);
    private static final Engagement HOT = new Engagement("session", 52, "Hot", 180, 3, 0, 1);

    private final AxonTestFixture lead =
            AxonTestFixture.with(
                    EventSourcingConfigurer.create()
                            .componentRegistry(registry ->
                                    registry.disableEnhancer(
                                            "org.axonframework.update.UpdateCheckerConfigurationEnhancer"))
                            .registerEntity(
                                    EventSourcedEntityModule.autodetected(
                                            String.class, Lead.class)));

    /// A payment that was disputed moves nothing.
    private static FactNote note(String id) {
        return new FactNote(id, "dispute_opened", id, null, 1L, "EUR", null, NOON);
    }

    @AfterEach
    void stop() {
        lead.stop();
    }

    @Test
    void firstSubmissionOpensTheLead() {
        var first = submission().build();
        lead.given()
                .noPriorActivity()
                .when()
                .command(
                        new LeadCommand.Capture(
                                LEAD, first, null, List.of(), DAY, Pipeline.STANDARD))
                .then()
                .resultMessagePayload("accepted")
                .events(new LeadEvent.Captured(LEAD, first, "new"));
    }

    @Test
    void waitingFactsFollowTheLeadTheyWaitedFor() {
        var first = submission().build();
        lead.given()
                .noPriorActivity()
                .when()
                .command(
                        new LeadCommand.Capture(
                                LEAD,
                                first,
                                null,
                                List.of(note("f1"), note("f2")),
                                DAY,
                                Pipeline.STANDARD))
                .then()
                .events(
                        new LeadEvent.Captured(LEAD, first, "new"),
                        new LeadEvent.FactAttributed(LEAD, "f1", note("f1")),
                        new LeadEvent.FactAttributed(LEAD, "f2", note("f2")));
    }

    @Test
    void samePersonWithinADayIsNotReengaged() {
        var again = submission().setReceivedAt(NOON.plus(DAY)).build();
        lead.given()
                .event(new LeadEvent.Captured(LEAD, submission().build(), "new"))
                .when()
                .command(
                        new LeadCommand.Capture(
                                LEAD, again, null, List.of(), DAY, Pipeline.STANDARD))
                .then()
                .events(new LeadEvent.Resubmitted(LEAD, again, false, null));
    }

    @Test
    void samePersonAfterADayIsReengaged() {
        var again = submission().setReceivedAt(NOON.plus(DAY).plusMillis(1)).build();
        lead.given()
                .event(new LeadEvent.Captured(LEAD, submission().build(), "new"))
                .when()
                .command(
                        new LeadCommand.Capture(
                                LEAD, again, "other", List.of(), DAY, Pipeline.STANDARD))
                .then()
                .events(new LeadEvent.Resubmitted(LEAD, again, true, "other"));
    }

    @Test
    void reengagementCountsFromTheNewestSubmission() {
        var second = submission().setReceivedAt(NOON.plusSeconds(3600)).build();
        var third = submission().setReceivedAt(NOON.plus(DAY).plusSeconds(60)).build();
        lead.given()
                .events(
                        new LeadEvent.Captured(LEAD, submission().build(), "new"),
                        new LeadEvent.Resubmitted(LEAD, second, false, null))
                .when()
                .command(
                        new LeadCommand.Capture(
                                LEAD, third, null, List.of(), DAY, Pipeline.STANDARD))
                .then()
                .events(new LeadEvent.Resubmitted(LEAD, third, false, null));
    }

    @Test
    void newScoreIsNews() {
        lead.given()
                .event(new LeadEvent.Captured(LEAD, submission().build(), "new"))
                .when()
                .command(new LeadCommand.Score(LEAD, HOT, NOON))
                .then()
                .resultMessagePayload("scored")
                .events(new LeadEvent.Scored(LEAD, HOT, NOON));
    }

    @Test
    void sameScoreIsNoNews() {
        lead.given()
                .events(
                        new LeadEvent.Captured(LEAD, submission().build(), "new"),
                        new LeadEvent.Scored(LEAD, HOT, NOON))
                .when()
                .command(
                        new LeadCommand.Score(
                                LEAD, new Engagement("session", 52, "Hot", 180, 3, 0, 2), NOON))
                .then()
                .resultMessagePayload("unchanged")
                .noEvents();
    }

    @Test
    void submissionWithoutAVisitTakesNoScoreAway() {
        lead.given()
                .events(
                        new LeadEvent.Captured(LEAD, submission().build(), "new"),
                        new LeadEvent.Scored(LEAD, HOT, NOON))
                .when()
                .command(new LeadCommand.Score(LEAD, UNSEEN, NOON.plusSeconds(60)))
                .then()
                .resultMessagePayload("unchanged")
                .noEvents();
    }

    @Test
    void aLaterSubmissionWithoutAVisitIsJudgedAllTheSame() {
        var suspicious = new Judgement(30, List.of("submit_under_5s"), 13, false);
        var told = new Engagement(null, 0, "Cold", 0, 0, 0, 1, suspicious);
        lead.given()
                .events(
                        new LeadEvent.Captured(LEAD, submission().build(), "new"),
                        new LeadEvent.Scored(LEAD, HOT, NOON))
                .when()
                .command(new LeadCommand.Score(LEAD, told, NOON.plusSeconds(60)))
                .then()
                .resultMessagePayload("scored")
                .events(
                        new LeadEvent.Scored(
                                LEAD,
                                new Engagement("session", 52, "Hot", 180, 3, 0, 1, suspicious),
                                NOON));
    }

    @Test
    void scoreOfAnOlderSubmissionChangesNothing() {
        var other = new Engagement("other", 10, "Cold", 10, 1, 0, 1);
        lead.given()
                .events(
                        new LeadEvent.Captured(LEAD, submission().build(), "new"),
                        new LeadEvent.Scored(LEAD, HOT, NOON),
                        new LeadEvent.Scored(LEAD, other, NOON.plusSeconds(60)))
                .when()
                .command(new LeadCommand.Score(LEAD, HOT, NOON))
                .then()
                .resultMessagePayload("unchanged")
                .noEvents();
    }

    @Test
    void visitCountsHoweverLateItIsSeen() {
        lead.given()
                .events(
                        new LeadEvent.Captured(LEAD, submission().build(), "new"),
                        new LeadEvent.Scored(LEAD, UNSEEN, NOON.plusSeconds(60)))
                .when()
                .command(new LeadCommand.Score(LEAD, HOT, NOON))
                .then()
                .resultMessagePayload("scored")
                .events(new LeadEvent.Scored(LEAD, HOT, NOON));
    }

    @Test
    void factAboutAKnownLeadIsTheirs() {
        lead.given()
                .event(new LeadEvent.Captured(LEAD, submission().build(), "new"))
                .when()
                .command(
                        new LeadCommand.RecordFact(
                                LEAD,
                                "c",
                                fact().setKind("unsubscribed").build(),
                                List.of(),
                                Pipeline.STANDARD))
                .then()
                .resultMessagePayload("recorded")
                .events(new LeadEvent.FactRecorded(LEAD, fact().setKind("unsubscribed").build()));
    }
}
