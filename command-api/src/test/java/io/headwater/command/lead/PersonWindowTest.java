package io.headwater.command.lead;

import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.LeadCaptured;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.PreviewSubmission;
import io.headwater.events.lead.Submission;
import io.headwater.events.lead.SubmissionDuplicated;
import io.headwater.schema.PersonalData;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class PersonWindowTest {

    private static final Duration DAY = Duration.ofHours(24);

    private LeadDriver driver;

    @BeforeEach
    void open(@TempDir Path stateDir) {
        driver = new LeadDriver(stateDir);
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private static Submission.Builder of(String person, Duration window, Instant at) {
        String id = UUID.randomUUID().toString();
        return submission()
                .setSubmissionId(id)
                .setChannel("webhook")
                .setFormId(null)
                .setSourceId("src")
                .setDedupKey(id)
                .setDedupKind("provider_id")
                .setBodyHash(id)
                .setReceivedAt(at)
                .setEmail(PersonalData.of(person + "@lakeside.test"))
                .setPhone(null)
                .setPersonWindowSeconds(window.toSeconds());
    }

    @Test
    void theSamePersonWithinTheWindowIsADuplicateWithAVerdict() {
        var first = of("anna", DAY, NOON).build();
        var leadId = driver.capture(first).only(LeadCaptured.class).getLeadId();

        var second = of("anna", DAY, NOON.plusSeconds(90)).build();
        var decided = driver.capture(second, NOON.plusSeconds(90));

        var duplicate = decided.only(SubmissionDuplicated.class);
        assertThat(duplicate.getRule()).isEqualTo("person");
        assertThat(duplicate.getDuplicateOf()).isEqualTo(first.getSubmissionId());
        assertThat(duplicate.getLeadId()).isEqualTo(leadId);
        assertThat(duplicate.getFirstReceivedAt()).isEqualTo(NOON);
        assertThat(duplicate.getFirstSourceId()).isEqualTo("src");
        assertThat(decided.result().getValues())
                .containsEntry("submission_id", second.getSubmissionId())
                .containsEntry("lead_id", leadId)
                .containsEntry("duplicate_of", first.getSubmissionId())
                .containsEntry("duplicate_of_lead_id", leadId)
                .containsEntry("duplicate_of_source_id", "src")
                .containsEntry("duplicate_age_seconds", "90");
    }

    @Test
    void tenSubmissionsOfTwentyPeopleAreTwentyLeads() {
        int leads = 0;
        int duplicates = 0;
        for (int i = 0; i < 200; i++) {
            var at = NOON.plusSeconds(i);
            var decided = driver.capture(of("person" + i % 20, DAY, at).build(), at);
            leads += decided.events().getFirst() instanceof LeadCaptured ? 1 : 0;
            duplicates += decided.events().getFirst() instanceof SubmissionDuplicated ? 1 : 0;
        }

        assertThat(leads).isEqualTo(20);
        assertThat(duplicates).isEqualTo(180);
    }

    @Test
    void withoutAWindowEverySubmissionIsLinked() {
        driver.capture(of("anna", Duration.ZERO, NOON).build());

        driver.capture(of("anna", Duration.ZERO, NOON.plusSeconds(1)).build())
                .only(LeadResubmitted.class);
    }

    @Test
    void theWindowIsOfOneSourceAndEnds() {
        driver.capture(of("anna", DAY, NOON).build());

        driver.capture(of("anna", DAY, NOON.plusSeconds(1)).setSourceId("other").build())
                .only(LeadResubmitted.class);
        var later = NOON.plus(DAY);
        driver.capture(of("anna", DAY, later).build(), later).only(LeadResubmitted.class);
        driver.capture(of("anna", DAY, later.plusSeconds(1)).build(), later.plusSeconds(1))
                .only(SubmissionDuplicated.class);
    }

    @Test
    void anEndedWindowIsForgotten() {
        driver.capture(of("anna", Duration.ofMinutes(1), NOON).build());
        int remembered = driver.sizeOf(LeadDesk.DELIVERIES);

        var later = NOON.plus(Duration.ofMinutes(2));
        driver.capture(of("berta", Duration.ZERO, later).build(), later);

        // the first one's delivery id stays, its window does not; the second one's id came
        assertThat(driver.sizeOf(LeadDesk.DELIVERIES)).isEqualTo(remembered);
    }

    @Test
    void oneWhoWasReceivedBeforeTheCountedOneIsADuplicateToo() {
        driver.capture(of("anna", DAY, NOON).build());

        driver.capture(of("anna", DAY, NOON.minusSeconds(60)).build())
                .only(SubmissionDuplicated.class);
    }

    @Test
    void previewSaysTheSameAndWritesNothing() {
        driver.capture(of("anna", DAY, NOON).build());
        var again = of("anna", DAY, NOON.plusSeconds(5)).build();

        var preview =
                driver.decide(
                        PreviewSubmission.newBuilder()
                                .setCommandId(UUID.randomUUID().toString())
                                .setSubmission(again)
                                .build(),
                        NOON);
        int remembered = driver.sizeOf(LeadDesk.DELIVERIES);
        var decided = driver.capture(again);

        assertThat(preview.events()).isEmpty();
        assertThat(preview.result().getOutcome()).isEqualTo("duplicate");
        assertThat(preview.result().getValues()).containsAllEntriesOf(decided.result().getValues());
        assertThat(driver.sizeOf(LeadDesk.DELIVERIES)).isEqualTo(remembered + 1);
    }
}
