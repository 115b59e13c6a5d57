package io.headwater.projectors.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.meta;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.events.lead.FactAttributed;
import io.headwater.events.lead.FactRecorded;
import io.headwater.events.lead.LeadResubmitted;
import io.headwater.events.lead.LeadScored;
import io.headwater.projectors.platform.SourcePosition;
import io.headwater.projectors.platform.fold.Outcome;
import io.headwater.projectors.platform.fold.UnfoldableException;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleEvents;
import io.headwater.state.SubmissionState;
import io.headwater.views.LeadRow;
import io.headwater.views.ProviderFactRow;
import io.headwater.views.SubmissionRow;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeadFoldTest {

    private static final SourcePosition AT = new SourcePosition(2, 9);

    @Test
    void capturedLeadIsNewWithItsFirstSubmission() {
        LeadRow lead = fold(SampleEvents.leadCaptured());

        assertThat(lead.getStatus()).isEqualTo("new");
        assertThat(lead.getSubmissions()).isEqualTo(1);
        assertThat(lead.getEngagementScore()).isNull();
        assertThat(PersonalData.open(lead.getEmail())).isEqualTo("zoe@example.org");
        assertThat(lead.getCreatedAt()).isEqualTo(NOON);
        assertThat(lead.getSrcOffset()).isEqualTo(9);
    }

    @Test
    void resubmissionFillsWhatWasMissingAndKeepsWhatWasThere() {
        var first = submission().setPhone(null).setCity(null).setEmail(null).build();
        var second =
                submission()
                        .setFirstName(PersonalData.of("Somebody"))
                        .setLastName(PersonalData.of("Else"))
                        .setCity("Cádiz")
                        .setMessage(PersonalData.of("newer"))
                        .setReceivedAt(NOON.plusSeconds(60))
                        .build();

        LeadRow lead =
                fold(
                        SampleEvents.leadCaptured(LEAD, first),
                        new LeadResubmitted(meta(LEAD, 2), LEAD, second, true, "main_other"));

        assertThat(lead.getSubmissions()).isEqualTo(2);
        assertThat(PersonalData.open(lead.getPhone())).isEqualTo("+34600000001");
        assertThat(lead.getCity()).isEqualTo("Cádiz");
        assertThat(PersonalData.open(lead.getFirstName())).isEqualTo("Zoë");
        assertThat(PersonalData.open(lead.getLastName())).isEqualTo("Núñez");
        assertThat(PersonalData.open(lead.getMessage())).isEqualTo("newer");
        assertThat(lead.getLastSubmittedAt()).isEqualTo(NOON.plusSeconds(60));
        assertThat(lead.getConflictingLeadId()).isEqualTo("main_other");
        assertThat(lead.getVersion()).isEqualTo(2);
    }

    @Test
    void unsplitNameIsTheFirstName() {
        var whole =
                submission()
                        .setFirstName(null)
                        .setLastName(null)
                        .setFullName(PersonalData.of("Zoë Núñez"))
                        .build();

        LeadRow lead = fold(SampleEvents.leadCaptured(LEAD, whole));

        assertThat(PersonalData.open(lead.getFirstName())).isEqualTo("Zoë Núñez");
        assertThat(lead.getLastName()).isNull();
    }

    @Test
    void sourceIsTheOneThatRollUpsCountBy() {
        var first =
                submission()
                        .setUtmSource(null)
                        .setLeadSource(null)
                        .setReferredBy("https://www.bing.com/search?q=x")
                        .build();
        var captured = SampleEvents.leadCaptured(LEAD, first);
        var second = submission().setUtmSource("later").build();

        LeadRow lead = fold(captured, new LeadResubmitted(meta(LEAD, 2), LEAD, second, true, null));

        assertThat(lead.getSource()).isEqualTo("bing.com");
        assertThat(submissionRow(captured).getSource()).isEqualTo("bing.com");
        assertThat(LeadVolumeDeltas.row(state(captured), AT, 1).getSource()).isEqualTo("bing.com");
    }

    @Test
    void knowsTheOffsetOfItsCapture() {
        LeadRow captured = fold(SampleEvents.leadCaptured());

        LeadRow again =
                LeadFold.fold(captured, SampleEvents.leadResubmitted(), new SourcePosition(2, 11));

        assertThat(again.getCapturedOffset()).isEqualTo(9);
        assertThat(again.getSrcOffset()).isEqualTo(11);
    }

    @Test
    void unsplitNameOfASubmissionIsItsFirstName() {
        var whole =
                submission()
                        .setFirstName(null)
                        .setLastName(null)
                        .setFullName(PersonalData.of("Zoë Núñez"))
                        .build();

        SubmissionRow row = submissionRow(SampleEvents.leadCaptured(LEAD, whole));

        assertThat(PersonalData.open(row.getFirstName())).isEqualTo("Zoë Núñez");
    }

    @Test
    void scoreOfNoSessionKeepsTheSessionSubmittedFrom() {
        var scored =
                LeadScored.newBuilder()
                        .setMeta(meta(LEAD, 2))
                        .setLeadId(LEAD)
                        .setEngagementScore(0)
                        .setEngagementLabel("Cold")
                        .setSubmittedAt(NOON)
                        .build();

        LeadRow lead = fold(SampleEvents.leadCaptured(), scored);

        assertThat(lead.getEngagementScore()).isZero();
        assertThat(lead.getEngagementLabel()).isEqualTo("Cold");
        assertThat(lead.getSessionId()).isEqualTo(SampleEvents.SESSION);
    }

    @Test
    void factsCountWhenTheyAreAttributed() {
        LeadRow lead =
                fold(
                        SampleEvents.leadCaptured(),
                        new FactRecorded(meta(LEAD, 2), SampleEvents.fact().build(), LEAD),
                        new FactAttributed(meta("fact", 1), "fact", LEAD, null));

        assertThat(lead.getFacts()).isEqualTo(2);
        assertThat(lead.getVersion()).isEqualTo(2);
    }

    @Test
    void attributedFactNamesItsLead() {
        var recorded = new FactRecorded(meta("f", 1), SampleEvents.fact().build(), null);
        ProviderFactRow waiting = FactFold.fold(null, recorded, AT);
        ProviderFactRow found =
                FactFold.fold(
                        waiting,
                        new FactAttributed(meta("f", 2), waiting.getFactId(), LEAD, null),
                        new SourcePosition(2, 10));

        assertThat(waiting.getLeadId()).isNull();
        assertThat(found.getLeadId()).isEqualTo(LEAD);
        assertThat(found.getSrcOffset()).isEqualTo(10);
        assertThat(PersonalData.open(found.getEmail())).isEqualTo("zoe@example.org");
    }

    @Test
    void eventsOfALeadThatWasNeverCapturedDoNotFold() {
        assertThatThrownBy(() -> LeadFold.fold(null, SampleEvents.leadResubmitted(), AT))
                .isInstanceOf(UnfoldableException.class)
                .hasMessage("LeadResubmitted of a lead that was never captured");
    }

    private static SubmissionRow submissionRow(SpecificRecord event) {
        return SubmissionFold.row(state(event), AT);
    }

    private static SubmissionState state(SpecificRecord event) {
        return SubmissionFold.decided(Objects.requireNonNull(Outcome.of(event)), event, null, null);
    }

    private static LeadRow fold(SpecificRecord... events) {
        @Nullable LeadRow row = null;
        for (SpecificRecord event : events) {
            row = LeadFold.fold(row, event, AT);
        }
        return Objects.requireNonNull(row);
    }
}
