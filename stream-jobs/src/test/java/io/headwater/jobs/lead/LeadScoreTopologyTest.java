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
import io.headwater.jobs.platform.kafka.KafkaSettings;
import io.headwater.jobs.platform.kafka.StoreMemory;
import io.headwater.jobs.platform.kafka.StreamsProperties;
import io.headwater.schema.AvroSerde;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SchemaIds;
import io.headwater.schema.Topics;
import io.headwater.state.VisitorScores;
import io.headwater.views.SessionRow;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class LeadScoreTopologyTest {

    /// `mvn -pl stream-jobs test -Dtest=LeadScoreTopologyTest -Dupdate` writes it.
    private static final Path GRAPH =
            Path.of("src/test/resources/io/headwater/jobs/lead/LeadScoreTopology.txt");

    private static final StoreMemory memory = new StoreMemory(8 << 20);

    private final SchemaIds schemaIds = SchemaIds.inMemory();
    private final AvroSerde<SpecificRecord> serde = new AvroSerde<>(schemaIds);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<String, SpecificRecord> events;
    private TestInputTopic<String, SpecificRecord> sessions;
    private TestOutputTopic<String, SpecificRecord> commands;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        driver = new TopologyTestDriver(topology(), properties(stateDir), NOON);
        events = driver.createInputTopic("lead.events.v1", new StringSerializer(), serde);
        sessions = driver.createInputTopic("view.sessions.g1", new StringSerializer(), serde);
        commands = driver.createOutputTopic("lead.commands.v1", new StringDeserializer(), serde);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @AfterAll
    static void free() {
        memory.close();
    }

    @Test
    void leadAfterItsSessionGetsTheSessionsScore() {
        session(sessionRow().build(), NOON);

        captured(LEAD, SESSION, NOON.plusSeconds(200));

        assertThat(sent())
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
        session(sessionRow().build(), NOON.plusSeconds(1));

        assertThat(sentValues())
                .extracting(ScoreLead::getSessionId, ScoreLead::getEngagementScore)
                .containsExactly(tuple(null, 0), tuple(SESSION, 52));
    }

    @Test
    void leadWithoutVisitorIsColdOnce() {
        var submission = submission().setVisitorId(null).setSessionId(null).build();

        events.pipeInput(SITE, leadCaptured(LEAD, submission), NOON);
        session(sessionRow().build(), NOON.plusSeconds(1));

        assertThat(sentValues())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.getSessionId()).isNull();
                    assertThat(command.getEngagementScore()).isZero();
                    assertThat(command.getEngagementLabel()).isEqualTo("Cold");
                });
    }

    @Test
    void sendsAgainOnlyWhenTheScoreChanges() {
        session(scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        var longer = SessionRow.newBuilder(scored(SESSION, 10, 2)).setDurationSeconds(181).build();

        session(longer, NOON.plusSeconds(2));
        session(scored(SESSION, 11, 3), NOON.plusSeconds(3));
        session(scored(SESSION, 11, 3), NOON.plusSeconds(4));

        assertThat(sentValues()).extracting(ScoreLead::getEngagementScore).containsExactly(10, 11);
    }

    @Test
    void scoreThatComesBackIsAnotherCommand() {
        session(scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        session(scored(SESSION, 15, 2), NOON.plusSeconds(2));
        session(scored(SESSION, 10, 3), NOON.plusSeconds(3));

        var sent = sentValues();

        assertThat(sent).extracting(ScoreLead::getEngagementScore).containsExactly(10, 15, 10);
        assertThat(sent).extracting(ScoreLead::getCommandId).doesNotHaveDuplicates();
    }

    @Test
    void followsItsOwnSessionNotALaterOne() {
        String later = SampleEvents.session(VISITOR, 2);
        session(scored(SESSION, 30, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));

        var visit = SessionRow.newBuilder(scored(later, 0, 2)).setStartedAt(NOON.plusSeconds(9));
        session(visit.build(), NOON.plusSeconds(10));

        assertThat(sentValues()).extracting(ScoreLead::getSessionId).containsExactly(SESSION);
    }

    @Test
    void withoutItsOwnSessionTheNewestBegunBeforeCounts() {
        String older = SampleEvents.session(VISITOR, 3);
        var before = SessionRow.newBuilder(scored(older, 5, 1)).setStartedAt(NOON.minusSeconds(60));
        session(before.build(), NOON);
        session(scored(SESSION, 30, 2), NOON);

        captured(LEAD, null, NOON.plusSeconds(1));

        assertThat(sentValues()).extracting(ScoreLead::getSessionId).containsExactly(SESSION);
    }

    @Test
    void ownSessionTakesOverWhenItArrives() {
        String other = SampleEvents.session(VISITOR, 4);
        session(scored(other, 5, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));

        session(scored(SESSION, 5, 2), NOON.plusSeconds(2));

        assertThat(sentValues())
                .extracting(ScoreLead::getSessionId)
                .containsExactly(other, SESSION);
    }

    @Test
    void lateRowAfterADayChangesNothing() {
        session(scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));

        session(scored(SESSION, 20, 2), NOON.plus(Duration.ofHours(25)));

        assertThat(sentValues()).extracting(ScoreLead::getEngagementScore).containsExactly(10);
    }

    @Test
    void twoLeadsOfOneVisitorAreBothScored() {
        session(scored(SESSION, 10, 1), NOON);
        captured("main_a", SESSION, NOON.plusSeconds(1));
        captured("main_b", SESSION, NOON.plusSeconds(2));

        session(scored(SESSION, 20, 2), NOON.plusSeconds(3));

        assertThat(sentValues())
                .extracting(command -> command.getLeadId() + " " + command.getEngagementScore())
                .containsExactly("main_a 10", "main_b 10", "main_a 20", "main_b 20");
    }

    @Test
    void resubmissionAsksAgainAndFollowsOnce() {
        session(scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        events.pipeInput(SITE, leadResubmitted(), NOON.plusSeconds(2));

        session(scored(SESSION, 20, 2), NOON.plusSeconds(3));

        assertThat(sentValues())
                .extracting(ScoreLead::getEngagementScore)
                .containsExactly(10, 10, 20);
    }

    @Test
    void scoresSayWhichSubmissionTheyAreFor() {
        session(scored(SESSION, 10, 1), NOON);
        captured(LEAD, SESSION, NOON.plusSeconds(1));
        var again =
                submission()
                        .setSubmissionId("again")
                        .setVisitorId("another-browser")
                        .setSessionId(null)
                        .setReceivedAt(NOON.plusSeconds(60))
                        .build();
        events.pipeInput(SITE, leadResubmitted(LEAD, again), NOON.plusSeconds(60));
        session(scored(SESSION, 20, 2), NOON.plusSeconds(61));

        assertThat(sentValues())
                .extracting(ScoreLead::getEngagementScore, ScoreLead::getSubmittedAt)
                .containsExactly(
                        tuple(10, NOON.plusSeconds(1)),
                        tuple(0, NOON.plusSeconds(60)),
                        tuple(20, NOON.plusSeconds(1)));
    }

    @Test
    void requestIsSmallWhateverThePersonSent() {
        var requests =
                driver.createOutputTopic(
                        "lead.score-requests.v1",
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        var payload = PersonalData.sealed("x".repeat(3 << 20));

        events.pipeInput(SITE, leadCaptured(LEAD, submission().setPayload(payload).build()), NOON);

        assertThat(requests.readValue()).hasSizeLessThan(1_000);
        assertThat(sentValues()).extracting(ScoreLead::getLeadId).containsExactly(LEAD);
    }

    @Test
    void whatATopicTakesCanBeWritten() {
        var properties = properties(Path.of("unused"));
        var largest = Integer.parseInt(Topics.LEAD_EVENTS.configs().get("max.message.bytes"));

        assertThat(Integer.parseInt(String.valueOf(properties.get("producer.max.request.size"))))
                .isGreaterThan(largest);
    }

    @Test
    void sameRecordsMakeTheSameCommandIds(@TempDir Path again) {
        captured(LEAD, SESSION, NOON);
        session(sessionRow().build(), NOON.plusSeconds(1));
        var first = sentValues();
        stop();

        start(again);
        captured(LEAD, SESSION, NOON);
        session(sessionRow().build(), NOON.plusSeconds(1));

        assertThat(sentValues()).isEqualTo(first);
    }

    @Test
    void otherLeadEventsAndTombstonesAskForNothing() {
        events.pipeInput(
                SITE, SampleEvents.filled(io.headwater.events.lead.LeadScored.class), NOON);
        sessions.pipeInput(SESSION, null, NOON);

        assertThat(sent()).isEmpty();
    }

    @Test
    void forgetsVisitorsThatStayAway() {
        session(sessionRow().build(), NOON);
        var other = SessionRow.newBuilder(sessionRow().build()).setVisitorId("other").build();

        session(other, NOON.plus(Duration.ofDays(91)));

        var visitors = driver.<String, VisitorScores>getKeyValueStore(LeadScoreTopology.VISITORS);
        assertThat(visitors.get(VISITOR)).isNull();
        assertThat(visitors.get("other")).isNotNull();
    }

    @Test
    void graphIsAsReviewed() throws IOException {
        String graph = topology().describe().toString();
        if (System.getProperty("update") != null) {
            Files.writeString(GRAPH, graph);
        }
        assertThat(graph).isEqualTo(Files.readString(GRAPH));
    }

    private Properties properties(Path stateDir) {
        var kafka =
                new KafkaSettings(
                        "127.0.0.1:1", Duration.ofMillis(100), 1, 0, DataSize.ofMegabytes(1));
        return StreamsProperties.of("test", kafka, stateDir, memory);
    }

    private Topology topology() {
        return LeadScoreTopology.build(
                new LeadScoreSettings(
                        "test", "view.sessions.g1", Duration.ofHours(24), Duration.ofDays(90)),
                schemaIds,
                meters);
    }

    private void captured(String leadId, @Nullable String sessionId, Instant at) {
        var submission = submission().setSessionId(sessionId).setReceivedAt(at).build();
        events.pipeInput(SITE, leadCaptured(leadId, submission), at);
    }

    private void session(SessionRow row, Instant at) {
        sessions.pipeInput(row.getSessionId(), row, at);
    }

    private static SessionRow scored(String sessionId, int score, long offset) {
        return sessionRow()
                .setSessionId(sessionId)
                .setEngagementScore(score)
                .setSrcOffset(offset)
                .build();
    }

    private List<KeyValue<String, ScoreLead>> sent() {
        return commands.readKeyValuesToList().stream()
                .map(record -> KeyValue.pair(record.key, (ScoreLead) record.value))
                .toList();
    }

    private List<ScoreLead> sentValues() {
        return sent().stream().map(record -> record.value).toList();
    }
}
