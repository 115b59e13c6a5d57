package io.headwater.jobs.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.leadResubmitted;
import static io.headwater.schema.SampleEvents.sessionRow;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.lead.ScoreLead;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import io.headwater.state.VisitorScores;
import io.headwater.views.SessionRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class LeadScoreTopologyTest {

    /// `mvn -pl stream-jobs test -Dtest=LeadScoreTopologyTest -Dupdate` writes it.
    private static final Path GRAPH =
            Path.of("src/test/resources/io/headwater/jobs/lead/LeadScoreTopology.txt");

    private ScoreDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new ScoreDriver(stateDir);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void leadAfterItsSessionGetsTheSessionsScore() {
        driver.session(sessionRow().build(), NOON);

        captured(LEAD, SESSION, NOON.plusSeconds(200));

        assertThat(driver.sent())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.key).isEqualTo(SITE);
                    assertThat(command.value.getLeadId()).isEqualTo(LEAD);
                    assertThat(command.value.getSessionId()).isEqualTo(SESSION);
                    assertThat(command.value.getEngagementScore()).isEqualTo(52);
                    assertThat(command.value.getEngagementLabel()).isEqualTo("Hot");
                    assertThat(command.value.getSessionDurationSeconds()).isEqualTo(180);
                    assertThat(command.value.getPagesVisited()).isEqualTo(3);
                    assertThat(command.value.getRequestedAt()).isEqualTo(NOON.plusSeconds(200));
                });
    }

    @Test
    void leadBeforeItsSessionIsColdAndThenScored() {
        captured(LEAD, SESSION, NOON);
        driver.session(sessionRow().build(), NOON.plusSeconds(1));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getSessionId, ScoreLead::getEngagementScore)
                .containsExactly(tuple(null, 0), tuple(SESSION, 52));
    }

    @Test
    void leadWithoutVisitorIsColdOnce() {
        var submission = submission().setVisitorId(null).setSessionId(null).build();

        driver.event(leadCaptured(LEAD, submission), NOON);
        driver.session(sessionRow().build(), NOON.plusSeconds(1));

        assertThat(driver.sentValues())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.getSessionId()).isNull();
                    assertThat(command.getEngagementScore()).isZero();
                    assertThat(command.getEngagementLabel()).isEqualTo("Cold");
                });
    }

    @Test
    void sendsAgainOnlyWhenTheScoreChanges() {
        driver.session(ScoreDriver.scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        var longer =
                SessionRow.newBuilder(ScoreDriver.scored(SESSION, 10, 2))
                        .setDurationSeconds(181)
                        .build();

        driver.session(longer, NOON.plusSeconds(2));
        driver.session(ScoreDriver.scored(SESSION, 11, 3), NOON.plusSeconds(3));
        driver.session(ScoreDriver.scored(SESSION, 11, 3), NOON.plusSeconds(4));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getEngagementScore)
                .containsExactly(10, 11);
    }

    @Test
    void scoreThatComesBackIsAnotherCommand() {
        driver.session(ScoreDriver.scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        driver.session(ScoreDriver.scored(SESSION, 15, 2), NOON.plusSeconds(2));
        driver.session(ScoreDriver.scored(SESSION, 10, 3), NOON.plusSeconds(3));

        var sent = driver.sentValues();

        assertThat(sent).extracting(ScoreLead::getEngagementScore).containsExactly(10, 15, 10);
        assertThat(sent).extracting(ScoreLead::getCommandId).doesNotHaveDuplicates();
    }

    @Test
    void followsItsOwnSessionNotALaterOne() {
        String later = SampleEvents.session(VISITOR, 2);
        driver.session(ScoreDriver.scored(SESSION, 30, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));

        var visit =
                SessionRow.newBuilder(ScoreDriver.scored(later, 0, 2))
                        .setStartedAt(NOON.plusSeconds(9));
        driver.session(visit.build(), NOON.plusSeconds(10));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getSessionId)
                .containsExactly(SESSION);
    }

    @Test
    void withoutItsOwnSessionTheNewestBegunBeforeCounts() {
        String older = SampleEvents.session(VISITOR, 3);
        var before =
                SessionRow.newBuilder(ScoreDriver.scored(older, 5, 1))
                        .setStartedAt(NOON.minusSeconds(60));
        driver.session(before.build(), NOON);
        driver.session(ScoreDriver.scored(SESSION, 30, 2), NOON);

        captured(LEAD, null, NOON.plusSeconds(1));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getSessionId)
                .containsExactly(SESSION);
    }

    @Test
    void ownSessionTakesOverWhenItArrives() {
        String other = SampleEvents.session(VISITOR, 4);
        driver.session(ScoreDriver.scored(other, 5, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));

        driver.session(ScoreDriver.scored(SESSION, 5, 2), NOON.plusSeconds(2));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getSessionId)
                .containsExactly(other, SESSION);
    }

    @Test
    void lateRowAfterADayChangesNothing() {
        driver.session(ScoreDriver.scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));

        driver.session(ScoreDriver.scored(SESSION, 20, 2), NOON.plus(Duration.ofHours(25)));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getEngagementScore)
                .containsExactly(10);
    }

    @Test
    void twoLeadsOfOneVisitorAreBothScored() {
        driver.session(ScoreDriver.scored(SESSION, 10, 1), NOON);
        captured("main_a", SESSION, NOON.plusSeconds(1));
        captured("main_b", SESSION, NOON.plusSeconds(2));

        driver.session(ScoreDriver.scored(SESSION, 20, 2), NOON.plusSeconds(3));

        assertThat(driver.sentValues())
                .extracting(command -> command.getLeadId() + " " + command.getEngagementScore())
                .containsExactly("main_a 10", "main_b 10", "main_a 20", "main_b 20");
    }

    @Test
    void resubmissionAsksAgainAndFollowsOnce() {
        driver.session(ScoreDriver.scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        driver.event(leadResubmitted(), NOON.plusSeconds(2));

        driver.session(ScoreDriver.scored(SESSION, 20, 2), NOON.plusSeconds(3));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getEngagementScore)
                .containsExactly(10, 10, 20);
    }

    @Test
    void scoresSayWhichSubmissionTheyAreFor() {
        driver.session(ScoreDriver.scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        var again =
                submission()
                        .setSubmissionId("again")
                        .setVisitorId("another-browser")
                        .setSessionId(null)
                        .setReceivedAt(NOON.plusSeconds(60))
                        .build();
        driver.event(leadResubmitted(LEAD, again), NOON.plusSeconds(60));
        driver.session(ScoreDriver.scored(SESSION, 20, 2), NOON.plusSeconds(61));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getEngagementScore, ScoreLead::getSubmittedAt)
                .containsExactly(
                        tuple(10, NOON.plusSeconds(1)),
                        tuple(0, NOON.plusSeconds(60)),
                        tuple(20, NOON.plusSeconds(1)));
    }

    @Test
    void requestIsSmallWhateverThePersonSent() {
        var requests = driver.output("lead.score-requests.v1");
        var payload = PersonalData.of("x".repeat(3 << 20));

        driver.event(leadCaptured(LEAD, submission().setPayload(payload).build()), NOON);

        assertThat(requests.readValue()).hasSizeLessThan(1_000);
        assertThat(driver.sentValues()).extracting(ScoreLead::getLeadId).containsExactly(LEAD);
    }

    @Test
    void whatATopicTakesCanBeWritten() {
        var properties = ScoreDriver.properties(Path.of("unused"));
        var largest = Integer.parseInt(Topics.LEAD_EVENTS.configs().get("max.message.bytes"));

        assertThat(Integer.parseInt(String.valueOf(properties.get("producer.max.request.size"))))
                .isGreaterThan(largest);
    }

    @Test
    void sameRecordsMakeTheSameCommandIds(@TempDir Path again) {
        captured(LEAD, SESSION, NOON);
        driver.session(sessionRow().build(), NOON.plusSeconds(1));
        var first = driver.sentValues();
        stop();

        start(again);
        captured(LEAD, SESSION, NOON);
        driver.session(sessionRow().build(), NOON.plusSeconds(1));

        assertThat(driver.sentValues()).isEqualTo(first);
    }

    @Test
    void otherLeadEventsAndTombstonesAskForNothing() {
        driver.event(SampleEvents.filled(io.headwater.events.lead.LeadScored.class), NOON);
        driver.noSession(SESSION, NOON);

        assertThat(driver.sent()).isEmpty();
    }

    @Test
    void forgetsVisitorsThatStayAway() {
        driver.session(sessionRow().build(), NOON);
        var other = SessionRow.newBuilder(sessionRow().build()).setVisitorId("other").build();

        driver.session(other, NOON.plus(Duration.ofDays(91)));

        var visitors = driver.<VisitorScores>store(LeadScoreTopology.VISITORS);
        assertThat(visitors.get(VISITOR)).isNull();
        assertThat(visitors.get("other")).isNotNull();
    }

    @Test
    void graphIsAsReviewed() throws IOException {
        String graph = ScoreDriver.topology().describe().toString();
        if (System.getProperty("update") != null) {
            Files.writeString(GRAPH, graph);
        }
        assertThat(graph).isEqualTo(Files.readString(GRAPH));
    }

    private void captured(String leadId, @Nullable String sessionId, Instant at) {
        driver.captured(leadId, sessionId, at);
    }
}
