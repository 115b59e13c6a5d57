package io.headwater.jobs.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.leadResubmitted;
import static io.headwater.schema.SampleEvents.sessionRow;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.lead.ScoreLead;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What makes a lead suspicious, from its events to the command.
@SuppressWarnings("NullAway.Init")
class SuspicionTopologyTest {

    private static final String FINGERPRINT = "fp-1";

    private ScoreDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new ScoreDriver(stateDir);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private static Submission.Builder plain(String id, Instant at) {
        return submission()
                .setChannel("form")
                .setSubmissionId(id)
                .setSessionId(SESSION)
                .setReceivedAt(at)
                .setHoneypotFilled(false)
                .setTimeToSubmitSeconds(null)
                .setCompetitorEmail(false)
                .setReleased(false)
                .setImported(false)
                .setHosting(null)
                .setBotScore(null);
    }

    private void session() {
        driver.session(sessionRow().setFingerprintId(FINGERPRINT).build(), NOON);
    }

    @Test
    void theCommandCarriesScoreReasonsAndNetwork() {
        session();
        driver.event(
                leadCaptured(
                        LEAD,
                        plain("a", NOON).setTimeToSubmitSeconds(3.0).setHosting(true).build()),
                NOON.plusSeconds(1));

        assertThat(driver.sentValues())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.getSuspicionScore()).isEqualTo(30);
                    assertThat(command.getSuspicionReasons()).containsExactly("submit_under_5s");
                    assertThat(command.getVpnScore()).isEqualTo(13);
                    assertThat(command.getVpnSuspected()).isFalse();
                    assertThat(command.getScoreVersion()).isEqualTo(2);
                });
    }

    @Test
    void whoSubmitsAgainWithinADayIsCountedDuplicatesToo() {
        session();
        driver.event(leadCaptured(LEAD, plain("a", NOON).build()), NOON);
        driver.event(leadResubmitted(LEAD, plain("b", NOON.plusSeconds(1)).build()), NOON);
        driver.event(duplicate("c", "person"), NOON);
        driver.event(duplicate("d", "provider_id"), NOON);
        var later = NOON.plus(Duration.ofHours(25));
        driver.event(leadResubmitted(LEAD, plain("e", later).build()), later);

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getSuspicionScore)
                .containsExactly(0, 10, 20, 0);
    }

    private static SubmissionDuplicated duplicate(String id, String rule) {
        return SubmissionDuplicated.newBuilder(SampleEvents.filled(SubmissionDuplicated.class))
                .setSubmission(plain(id, NOON.plusSeconds(2)).build())
                .setLeadId(LEAD)
                .setRule(rule)
                .build();
    }

    @Test
    void oneAddressIsCountedWhoeverTheVisitorIsAndEachSiteApart() {
        for (int i = 0; i < 3; i++) {
            var submission =
                    plain("s" + i, NOON)
                            .setVisitorId("visitor-" + i)
                            .setUserIp(PersonalData.ofNullable("192.0.2.7"));
            driver.event(leadCaptured("main_" + i, submission.build()), NOON);
            driver.event(
                    leadCaptured("other_" + i, submission.setSiteId("site-" + i).build()), NOON);
        }

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getLeadId, ScoreLead::getSuspicionScore)
                .containsExactly(
                        tuple("main_0", 15),
                        tuple("other_0", 15),
                        tuple("main_1", 25),
                        tuple("other_1", 15),
                        tuple("main_2", 35),
                        tuple("other_2", 15));
    }

    @Test
    void aNetworkThatChangesScoresAgain() {
        session();
        driver.event(leadCaptured(LEAD, plain("a", NOON).build()), NOON);
        for (int i = 0; i < 4; i++) {
            driver.started(
                    NetworkScoreTest.start(i)
                            .setFingerprintId(FINGERPRINT)
                            .setVisitorId(VISITOR)
                            .setHosting(true)
                            .setAsn(64_500L + i)
                            .setIp(PersonalData.ofNullable("192.0.2." + i))
                            .build());
        }

        var sent = driver.sentValues();
        assertThat(sent)
                .extracting(
                        ScoreLead::getVpnScore,
                        ScoreLead::getVpnSuspected,
                        ScoreLead::getSuspicionScore)
                .containsExactly(
                        tuple(null, false, 0),
                        tuple(13, false, 0),
                        tuple(33, false, 5),
                        tuple(54, true, 15),
                        tuple(75, true, 15));
        assertThat(sent).extracting(ScoreLead::getCommandId).doesNotHaveDuplicates();
    }

    @Test
    void aSessionThatALeadFollowsIsNotDroppedForNewerOnes() {
        session();
        driver.event(leadCaptured(LEAD, plain("a", NOON).build()), NOON);
        for (int i = 1; i <= 20; i++) {
            var newer =
                    sessionRow()
                            .setSessionId(SampleEvents.session(VISITOR, 10 + i))
                            .setStartedAt(NOON.plusSeconds(i))
                            .setSrcOffset(100 + i)
                            .build();
            driver.session(newer, NOON.plusSeconds(i));
        }
        driver.session(ScoreDriver.scored(SESSION, 77, 500), NOON.plusSeconds(60));

        assertThat(driver.sentValues())
                .extracting(ScoreLead::getSessionId, ScoreLead::getEngagementScore)
                .containsExactly(tuple(SESSION, 52), tuple(SESSION, 77));
    }

    @Test
    void aRecordThatNobodyCanDecodeIsParkedAndStopsNothing() {
        byte[] broken = "no record".getBytes(StandardCharsets.UTF_8);
        driver.raw(Topics.LEAD_EVENTS.name(), "main", broken, NOON);
        driver.raw(Topics.TRACKING_EVENTS.name(), "x", broken, NOON);
        var batch = SampleEvents.filled(EventsTracked.class);
        driver.raw(
                Topics.TRACKING_EVENTS.name(),
                "x",
                new AvroSerde<EventsTracked>(ScoreDriver.IDS)
                        .serialize(Topics.TRACKING_EVENTS.name(), batch),
                NOON);
        driver.event(leadCaptured(LEAD, plain("a", NOON).build()), NOON);

        assertThat(driver.sentValues()).extracting(ScoreLead::getLeadId).containsExactly(LEAD);
        assertThat(driver.output(Topics.SCORE_DEAD_LETTERS.name()).readValuesToList())
                .containsExactly(broken, broken);
        assertThat(driver.count("lead.score.parked")).isEqualTo(2);
        assertThat(driver.count("lead.score.skipped")).isEqualTo(1);
        assertThat(driver.count("lead.score.applied")).isEqualTo(2);
        assertThat(driver.count("lead.score.read")).isEqualTo(5);
    }
}
