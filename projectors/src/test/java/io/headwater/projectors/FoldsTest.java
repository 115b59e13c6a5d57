package io.headwater.projectors;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SESSION;
import static io.headwater.schema.SampleEvents.VISITOR;
import static io.headwater.schema.SampleEvents.meta;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.intake.ReceiptRecorded;
import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.SubmissionBlocked;
import io.headwater.events.tracking.EventsTracked;
import io.headwater.projectors.analytics.TrafficProjection;
import io.headwater.projectors.intake.IntakeProjection;
import io.headwater.projectors.lead.LeadVolumeProjection;
import io.headwater.projectors.lead.LeadsProjection;
import io.headwater.projectors.session.SessionsProjection;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.Topics;
import io.headwater.streams.DeadLetters;
import io.headwater.views.IntakeRow;
import io.headwater.views.LeadRow;
import io.headwater.views.LeadVolumeRow;
import io.headwater.views.PageViewsRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.SessionRow;
import io.headwater.views.SubmissionRow;
import io.headwater.views.TrafficRow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each topology, from its event topics to its view topic.
class FoldsTest {

    private static final String TRACKING = Topics.TRACKING_EVENTS.name();
    private static final String LEADS = Topics.LEAD_EVENTS.name();
    private static final String RECEIPTS = Topics.INTAKE_RECEIPTS.name();

    @TempDir private Path folder;

    @Test
    void sessionsKnowTheEarlierVisitsOfTheirVisitor() {
        try (var driver = new FoldDriver(new SessionsProjection(), folder)) {
            String second = SampleEvents.session(VISITOR, 2);
            String third = SampleEvents.session(VISITOR, 3);

            driver.send(TRACKING, SESSION, Events.start(SESSION, VISITOR, "main"));
            driver.send(TRACKING, second, Events.start(second, VISITOR, "main"));
            driver.send(TRACKING, SESSION, Events.engaged(SESSION, 60, 50, 3));
            driver.send(TRACKING, second, Events.start(second, VISITOR, "main"));
            driver.send(TRACKING, third, Events.engaged(third, 300, 100, 15));
            driver.send(TRACKING, third, Events.start(third, VISITOR, "main"));

            var rows = driver.rows();
            assertThat(session(rows, SESSION).getReturnVisits()).isZero();
            assertThat(session(rows, SESSION).getEngagementScore()).isEqualTo(24);
            assertThat(session(rows, second).getReturnVisits()).isEqualTo(1);
            assertThat(session(rows, third).getReturnVisits()).isEqualTo(2);
            assertThat(session(rows, third).getEngagementScore()).isEqualTo(85);
            assertThat(session(rows, third).getSrcOffset()).isEqualTo(5);
        }
    }

    @Test
    void visitorNamedInAnothersSessionGainsNothing() {
        try (var driver = new FoldDriver(new SessionsProjection(), folder)) {
            String other = "visitor-other";
            String own = SampleEvents.session(other, 1);

            driver.send(TRACKING, SESSION, Events.start(SESSION, VISITOR, "main"));
            driver.send(TRACKING, SESSION, named(SESSION, other));
            driver.send(TRACKING, "made-elsewhere", named("made-elsewhere", other));
            driver.send(TRACKING, own, Events.start(own, other, "main"));

            var rows = driver.rows();
            assertThat(session(rows, SESSION).getVisitorId()).isEqualTo(VISITOR);
            assertThat(session(rows, "made-elsewhere").getVisitorId()).isEqualTo(other);
            assertThat(session(rows, own).getReturnVisits()).isZero();
        }
    }

    private static EventsTracked named(String session, String visitor) {
        return new EventsTracked(
                session,
                visitor,
                null,
                List.of(SampleEvents.event("click", NOON).build()),
                NOON,
                null,
                null);
    }

    @Test
    void trafficAddsUpByDimensionAndPage() {
        try (var driver = new FoldDriver(new TrafficProjection(), folder)) {
            driver.send(TRACKING, SESSION, Events.start(SESSION, VISITOR, "main"));
            driver.send(TRACKING, SESSION, Events.start(SESSION, VISITOR, "main"));
            driver.send(TRACKING, SESSION, Events.viewed(SESSION, 1, "/a?x=1"));
            driver.send(TRACKING, SESSION, Events.viewed(SESSION, 2, "https://example.org/a"));
            driver.send(TRACKING, SESSION, Events.engaged(SESSION, 60, 50, 3));
            driver.send(TRACKING, SESSION, SampleEvents.sessionEnded(SESSION));

            var rows = driver.rows();
            assertThat(rows.values())
                    .containsExactlyInAnyOrder(
                            new TrafficRow(
                                    "main",
                                    NOON,
                                    "google",
                                    "winter",
                                    "(unknown)",
                                    "desktop",
                                    1L,
                                    9L,
                                    3L,
                                    3L,
                                    0,
                                    4L),
                            new PageViewsRow("main", NOON, "/a", 2L, 1L, 0, 3L),
                            new PageViewsRow("main", NOON, "/", 1L, 1L, 0, 4L));
        }
    }

    @Test
    void sessionCountsOnceAtItsFirstRecordWhateverThatIs() {
        try (var driver = new FoldDriver(new TrafficProjection(), folder)) {
            String ended = SampleEvents.session(VISITOR, 2);
            driver.send(TRACKING, SESSION, Events.viewed(SESSION, 1, "/a"));
            driver.send(TRACKING, SESSION, Events.start(SESSION, VISITOR, "main"));
            driver.send(TRACKING, SESSION, Events.viewed(SESSION, 2, "/a"));
            driver.send(TRACKING, ended, SampleEvents.sessionEnded(ended));
            driver.send(TRACKING, ended, SampleEvents.sessionEnded(ended));

            assertThat(driver.rows().values())
                    .filteredOn(TrafficRow.class::isInstance)
                    .extracting(row -> (TrafficRow) row)
                    .extracting(
                            TrafficRow::getSource, TrafficRow::getSessions, TrafficRow::getEvents)
                    .containsExactlyInAnyOrder(tuple("(direct)", 2L, 2L), tuple("google", 0L, 2L));
        }
    }

    @Test
    void leadEventsBecomeLeadsSubmissionsAndFacts() {
        try (var driver = new FoldDriver(new LeadsProjection(), folder)) {
            var fact = SampleEvents.fact().build();
            driver.send(LEADS, "main", new FactRecorded(meta("f", 1), fact, null));
            driver.send(LEADS, "main", SampleEvents.leadCaptured());
            driver.send(
                    LEADS,
                    "main",
                    new FactAttributed(meta("f", 2), fact.getFactId(), SampleEvents.LEAD, null));
            driver.send(LEADS, "main", SampleEvents.leadResubmitted());
            driver.send(
                    LEADS, "main", new SubmissionBlocked(meta("s", 1), blocked("s3"), "honeypot"));

            var rows = driver.rows();
            var lead = (LeadRow) row(rows, "leads|" + SampleEvents.LEAD);
            assertThat(lead.getSubmissions()).isEqualTo(2);
            assertThat(lead.getFacts()).isEqualTo(1);
            assertThat(lead.getSrcOffset()).isEqualTo(3);
            var factRow = (ProviderFactRow) row(rows, "provider_facts|" + fact.getFactId());
            assertThat(factRow.getLeadId()).isEqualTo(SampleEvents.LEAD);
            assertThat(rows.values())
                    .filteredOn(SubmissionRow.class::isInstance)
                    .extracting(row -> ((SubmissionRow) row).getOutcome())
                    .containsExactlyInAnyOrder("accepted", "accepted", "blocked");
        }
    }

    @Test
    void leadVolumeCountsEveryOutcome() {
        try (var driver = new FoldDriver(new LeadVolumeProjection(), folder)) {
            driver.send(LEADS, "main", SampleEvents.leadCaptured());
            driver.send(LEADS, "main", SampleEvents.leadResubmitted());
            driver.send(
                    LEADS, "main", new SubmissionBlocked(meta("s", 1), blocked("s3"), "honeypot"));

            assertThat(driver.rows().values())
                    .containsExactly(
                            new LeadVolumeRow(
                                    "main", NOON, "google", "winter", "ES", "desktop", 3L, 2L, 0L,
                                    1L, 0L, 0L, 0L, 1L, 0, 2L));
        }
    }

    @Test
    void intakeCountsBothSides() {
        try (var driver = new FoldDriver(new IntakeProjection(), folder)) {
            driver.send(LEADS, "main", SampleEvents.leadCaptured());
            driver.send(RECEIPTS, "main", receipt("s1", "s2"));
            driver.send(
                    LEADS, "main", new SubmissionBlocked(meta("s", 1), blocked("s2"), "honeypot"));
            driver.send(RECEIPTS, "main", receipt());

            assertThat(driver.rows().values())
                    .containsExactly(
                            new IntakeRow("main", NOON, "form", 2L, 1L, 0L, 1L, 0L, 0L, 0L, 0, 1L));
        }
    }

    @Test
    void recordsThatDoNotDecodeOrFoldAreDeadLetteredAndTheOthersGoOn() {
        try (var driver = new FoldDriver(new LeadsProjection(), folder)) {
            byte[] garbage = "zoe@example.org".getBytes(StandardCharsets.UTF_8);
            driver.sendRaw(LEADS, "main", garbage);
            driver.send(LEADS, "main", SampleEvents.leadResubmitted());
            driver.send(LEADS, "main", SampleEvents.leadCaptured());

            assertThat(driver.rows()).hasSize(3);
            // The test driver loses what is sent while decoding; ProjectorsSuite sees that letter.
            var letter = driver.deadLetters().getLast().headers();
            assertThat(header(letter, DeadLetters.STAGE)).isEqualTo(DeadLetters.PROCESS);
            assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("1");
            assertThat(header(letter, DeadLetters.CAUSE))
                    .contains("LeadResubmitted of a lead that was never captured");
        }
    }

    private static io.headwater.events.lead.Submission blocked(String id) {
        return SampleEvents.submission().setSubmissionId(id).build();
    }

    private static ReceiptRecorded receipt(String... submissions) {
        return ReceiptRecorded.newBuilder()
                .setReceiptId("r")
                .setSiteId("main")
                .setChannel("form")
                .setSubmissionIds(List.of(submissions))
                .setReceivedAt(NOON)
                .build();
    }

    private static SessionRow session(Map<String, SpecificRecord> rows, String sessionId) {
        return (SessionRow) row(rows, "sessions|" + sessionId);
    }

    private static SpecificRecord row(Map<String, SpecificRecord> rows, String key) {
        assertThat(rows).containsKey(key);
        return java.util.Objects.requireNonNull(rows.get(key));
    }

    private static String header(org.apache.kafka.common.header.Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
