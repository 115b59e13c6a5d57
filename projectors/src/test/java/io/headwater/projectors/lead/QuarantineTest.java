package io.headwater.projectors.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SITE;
import static io.headwater.schema.SampleEvents.SUBMISSION;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.submission;
import static io.headwater.schema.SampleLife.ACTOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.projectors.FoldDriver;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.schema.SampleLife;
import io.headwater.schema.Topics;
import io.headwater.views.LeadVolumeRow;
import io.headwater.views.SubmissionChangeRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What waits, is edited and leaves; corrections by a later mapping.
class QuarantineTest {

    @TempDir private Path folder;
    private LeadViews views;

    @BeforeEach
    void open() {
        views = new LeadViews(folder);
    }

    @AfterEach
    void close() {
        views.close();
    }

    @Test
    void waitsWithItsReason() {
        views.send(SampleLife.quarantined());

        assertThat(views.submission().getOutcome()).isEqualTo("quarantined");
        assertThat(views.quarantine().getState()).isEqualTo("waiting");
        assertThat(views.quarantine().getCode()).isEqualTo("invalid-phone");
        assertThat(views.quarantine().getReceivedAt()).isEqualTo(NOON);
    }

    @Test
    void editIsKeptFieldByField() {
        views.send(
                SampleLife.quarantined(),
                SampleLife.edited(
                        Map.of("phone", "12", "problem", "invalid-phone", "test", "false"),
                        Map.of("phone", "+34600000001", "test", "true"),
                        2));

        assertThat(PersonalData.open(views.submission().getPhone())).isEqualTo("+34600000001");
        assertThat(views.submission().getEdits()).isEqualTo(1);
        assertThat(views.quarantine().getProblem()).isNull();
        assertThat(views.quarantine().getEdits()).isEqualTo(1);
        assertThat(views.changes())
                .extracting(SubmissionChangeRow::getField)
                .containsExactly("phone", "problem", "test");
        assertThat(PersonalData.open(views.changes().getFirst().getBeforeValue())).isEqualTo("12");
        assertThat(views.changes().get(1).getAfterValue()).isNull();
    }

    @Test
    void releasedOneIsALeadOfItsOriginalTime() {
        views.send(SampleLife.quarantined(), SampleLife.submissionReleased(2), released());

        assertThat(views.submission().getOutcome()).isEqualTo("accepted");
        assertThat(views.submission().getReleased()).isTrue();
        assertThat(views.lead().getCreatedAt()).isEqualTo(NOON);
        assertThat(views.quarantine().getState()).isEqualTo("released");
        assertThat(views.quarantine().getDecidedBy()).isEqualTo(ACTOR);
        assertThat(views.quarantine().getPlanId()).isEqualTo("plan-1");
        assertThat(views.quarantine().getOutcome()).isEqualTo("accepted");
        assertThat(views.quarantine().getLeadId()).isEqualTo(LEAD);
    }

    @Test
    void rejectedOneIsRefusedForGood() {
        views.send(SampleLife.quarantined(), SampleLife.submissionRejected(2));

        assertThat(views.submission().getOutcome()).isEqualTo("refused");
        assertThat(views.submission().getCode()).isEqualTo("spam");
        assertThat(views.quarantine().getState()).isEqualTo("rejected");
        assertThat(views.quarantine().getRejectReason()).isEqualTo("the same text ten times");
    }

    @Test
    void whatNeverWaitedCannotLeave() {
        views.send(SampleLife.submissionReleased(2), SampleLife.submissionRejected(2));

        assertThat(views.deadLetters()).isEqualTo(2);
    }

    @Test
    void duplicateKnowsHowOldItsFirstIsAndWhereItCameFrom() {
        views.send(
                leadCaptured(LEAD, submission().setSourceId("meta-1").build()),
                duplicate().build());

        var row = views.submission("second");
        assertThat(row.getDuplicateOf()).isEqualTo(SUBMISSION);
        assertThat(row.getDuplicateReceivedAt()).isEqualTo(NOON);
        assertThat(row.getDuplicateSourceId()).isEqualTo("meta-1");
        assertThat(views.timeline(LEAD).getLast().getKind()).isEqualTo("duplicate");
        assertThat(views.timeline(LEAD).getLast().getDetails())
                .containsEntry("rule", "person")
                .containsEntry("duplicate_of", SUBMISSION);
    }

    @Test
    void verdictTellsOfAFirstOneThatNobodyElseKnows() {
        views.send(
                duplicate()
                        .setLeadId(null)
                        .setFirstReceivedAt(NOON.minusSeconds(60))
                        .setFirstSourceId("stripe-1")
                        .build());

        assertThat(views.submission("second").getDuplicateReceivedAt())
                .isEqualTo(NOON.minusSeconds(60));
        assertThat(views.submission("second").getDuplicateSourceId()).isEqualTo("stripe-1");
    }

    private static SubmissionDuplicated.Builder duplicate() {
        var second = submission().setSubmissionId("second").setReceivedAt(NOON.plusSeconds(90));
        return SubmissionDuplicated.newBuilder()
                .setMeta(SampleLife.meta("second", 1))
                .setSubmission(second.build())
                .setDuplicateOf(SUBMISSION)
                .setLeadId(LEAD)
                .setRule("person");
    }

    @Test
    void correctionIsSeenInLeadAndSubmission() {
        views.send(
                leadCaptured(),
                SampleLife.corrected(
                        Map.of("first_name", "Zoë", "last_name", "Núñez", "city", "Cádiz"),
                        Map.of("full_name", "Zoë Núñez", "utm_source", "bing"),
                        2));

        assertThat(PersonalData.open(views.lead().getFirstName())).isEqualTo("Zoë Núñez");
        assertThat(views.lead().getLastName()).isNull();
        assertThat(views.lead().getSource()).isEqualTo("bing");
        assertThat(views.lead().getMappingVersion()).isEqualTo(3);
        assertThat(views.lead().getCorrections()).isEqualTo(1);
        assertThat(views.submission().getUtmSource()).isEqualTo("bing");
        assertThat(views.submission().getMappingVersion()).isEqualTo(3);
        assertThat(views.timeline(LEAD).getLast().getDetails())
                .containsEntry("fields", "city,first_name,full_name,last_name,utm_source");
    }

    /// The lead shows what its submissions say in their order: one that is corrected to nothing
    /// lets the next one speak, and what is known of an address goes with the address.
    @Test
    void correctionToNothingLetsTheNextSubmissionSpeak() {
        var first = submission().setDisposableEmail(true).build();
        var second =
                submission()
                        .setSubmissionId("second")
                        .setEmail(PersonalData.of("other@example.org"))
                        .setDisposableEmail(false)
                        .build();
        views.send(
                leadCaptured(LEAD, first),
                new LeadResubmitted(SampleLife.meta(LEAD, 2), LEAD, second, false, null),
                SampleLife.corrected(
                        Map.of("email", "zoe@example.org", "disposable_email", "true"),
                        Map.of(),
                        3));

        assertThat(PersonalData.open(views.lead().getEmail())).isEqualTo("other@example.org");
        assertThat(views.lead().getDisposableEmail()).isFalse();
    }

    @Test
    void valueThatIsNoneOfItsFieldDoesNotFold() {
        views.send(
                leadCaptured(),
                SampleLife.corrected(Map.of(), Map.of("time_to_submit_seconds", "soon"), 2));

        assertThat(views.deadLetters()).isEqualTo(1);
        assertThat(views.lead().getVersion()).isEqualTo(1);
    }

    /// Released with another source, rejected, corrected, merged: each counts once, as it stands.
    @Test
    void volumeCountsEverySubmissionAndPersonOnce() {
        var rows =
                volume(
                        SampleLife.quarantined(),
                        SampleLife.edited(
                                Map.of("utm_source", "google"), Map.of("utm_source", "bing"), 2),
                        SampleLife.submissionReleased(3),
                        released("bing"));
        assertThat(rows)
                .extracting(
                        LeadVolumeRow::getSource,
                        LeadVolumeRow::getSubmissions,
                        LeadVolumeRow::getAccepted,
                        LeadVolumeRow::getQuarantined,
                        LeadVolumeRow::getLeads)
                .containsExactlyInAnyOrder(
                        tuple("google", 0L, 0L, 0L, 0L), tuple("bing", 1L, 1L, 0L, 1L));
    }

    @Test
    void rejectedAndMergedOnesCountAsTheyStand() {
        var other = submission().setSubmissionId("s2").build();
        var rows =
                volume(
                        SampleLife.quarantined(),
                        SampleLife.submissionRejected(2),
                        leadCaptured(LEAD, other),
                        leadCaptured(
                                SampleLife.OTHER_LEAD, submission().setSubmissionId("s3").build()),
                        SampleLife.merged(2),
                        SampleLife.absorbed(2));

        assertThat(rows).hasSize(1);
        assertThat(rows.getFirst().getSubmissions()).isEqualTo(3);
        assertThat(rows.getFirst().getRefused()).isEqualTo(1);
        assertThat(rows.getFirst().getQuarantined()).isZero();
        assertThat(rows.getFirst().getLeads()).isEqualTo(1);
    }

    private List<LeadVolumeRow> volume(SpecificRecord... events) {
        try (var driver = new FoldDriver(new LeadVolumeProjection(), folder)) {
            for (SpecificRecord event : events) {
                driver.send(Topics.LEAD_EVENTS.name(), SITE, event);
            }
            return driver.rows().values().stream().map(LeadVolumeRow.class::cast).toList();
        }
    }

    private static SpecificRecord released() {
        return released("google");
    }

    private static SpecificRecord released(String source) {
        return SampleEvents.leadCaptured(
                LEAD, submission().setReleased(true).setUtmSource(source).build());
    }
}
