package io.headwater.projectors.lead;

import static io.headwater.schema.SampleEvents.LEAD;
import static io.headwater.schema.SampleEvents.NOON;
import static io.headwater.schema.SampleEvents.SUBMISSION;
import static io.headwater.schema.SampleEvents.leadCaptured;
import static io.headwater.schema.SampleEvents.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.lead.Consent;
import io.headwater.events.lead.SubmissionEdited;
import io.headwater.events.lead.SubmissionQuarantined;
import io.headwater.schema.PersonalData;
import io.headwater.schema.SampleLife;
import io.headwater.views.ConsentRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody agreed to, as rows of their lead.
class ConsentTest {

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
    void eachIsARowOfTheLead() {
        views.send(
                leadCaptured(
                        LEAD,
                        submission()
                                .setConsents(List.of(consent("phone", true), consent("sms", false)))
                                .setTrustedFormUrl(
                                        PersonalData.of("https://cert.trustedform.com/1"))
                                .build()));

        assertThat(rows())
                .extracting(ConsentRow::getConsentId)
                .containsExactly(SUBMISSION + ":0", SUBMISSION + ":1");
        var first = rows().getFirst();
        assertThat(first.getLeadId()).isEqualTo(LEAD);
        assertThat(first.getPurposes()).containsExactly("phone");
        assertThat(first.getGranted()).isTrue();
        assertThat(PersonalData.open(first.getText())).isEqualTo("May we reach you by phone?");
        assertThat(rows().getLast().getGranted()).isFalse();
        assertThat(PersonalData.open(views.submission().getTrustedFormUrl()))
                .isEqualTo("https://cert.trustedform.com/1");
    }

    @Test
    void thoseOfAQuarantinedOneAreOfNobodyUntilItIsALead() {
        var waiting = submission().setProblem("hydration-failed").build();
        views.send(
                new SubmissionQuarantined(
                        SampleLife.meta(SUBMISSION, 1), waiting, "hydration-failed", "not told"));
        assertThat(rows()).isEmpty();

        views.send(
                SubmissionEdited.newBuilder(SampleLife.edited(Map.of(), Map.of(), 2))
                        .setConsents(List.of(consent("email", true)))
                        .build());
        assertThat(rows()).singleElement().extracting(ConsentRow::getLeadId).isNull();

        views.send(
                leadCaptured(
                        LEAD,
                        submission()
                                .setReleased(true)
                                .setConsents(List.of(consent("email", true)))
                                .build()));
        assertThat(rows()).singleElement().extracting(ConsentRow::getLeadId).isEqualTo(LEAD);
    }

    private List<ConsentRow> rows() {
        return views.all(ConsentRow.class);
    }

    private static Consent consent(String purpose, boolean granted) {
        return Consent.newBuilder()
                .setPurposes(List.of(purpose))
                .setGranted(granted)
                .setAt(NOON)
                .setText(PersonalData.of("May we reach you by " + purpose + "?"))
                .build();
    }
}
