package io.headwater.command.intake.preset;

import static io.headwater.command.intake.LeadField.*;
import static io.headwater.command.intake.preset.Samples.flaw;
import static io.headwater.command.intake.preset.Samples.sent;
import static io.headwater.command.intake.preset.Samples.submission;
import static io.headwater.command.intake.preset.Samples.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HostedFormPresetsTest {

    @Test
    void webflowAnswersStandUnderTheirLabels() {
        var item = submission(new WebflowPreset(), "v2.json");

        assertThat(item.providerId()).isEqualTo("9007199254740993");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FULL_NAME, "Zoë Ng"),
                                Map.entry(EMAIL, "zoe@example.test"),
                                Map.entry(PHONE, "447700900123"),
                                Map.entry(UTM_SOURCE, "bing"),
                                Map.entry(UTM_CAMPAIGN, "spring"),
                                Map.entry(GCLID, "G-1"),
                                Map.entry(
                                        PAGE_URL,
                                        "https://acme.test/quote?utm_source=bing&gclid=G-1"),
                                Map.entry(PROJECT_NAME, "Get a quote"),
                                Map.entry(SUBMITTED_AT, "2026-11-20T12:35:16.117Z"),
                                Map.entry(EXTERNAL_ID, "9007199254740993"),
                                Map.entry(LEAD_SOURCE, "Webflow")));
    }

    @Test
    void webflowsFirstVersionHasNoEnvelope() {
        var item = submission(new WebflowPreset(), "v1.json");

        assertThat(item.providerId()).isEqualTo("9007199254740995");
        assertThat(values(item.fields()))
                .containsEntry(EMAIL, "zoe@example.test")
                .containsEntry(SUBMITTED_AT, "2026-11-19T12:35:16.117Z");
        assertThat(sent(new WebflowPreset(), "other-event.json").ignored())
                .containsExactly("event_type");
        assertThat(flaw(sent(new WebflowPreset(), "without-data.json")))
                .isEqualTo("unexpected-shape");
    }

    @Test
    void unbounceAnswersAreArrays() {
        var item = submission(new UnbouncePreset(), "submission.urlencoded");

        assertThat(item.providerId()).isNull();
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FULL_NAME, "Uma Rao"),
                                Map.entry(EMAIL, "uma@example.test"),
                                Map.entry(USER_IP, "203.0.113.9"),
                                Map.entry(SUBMITTED_AT, "2026-11-19T22:57:00Z"),
                                Map.entry(
                                        PAGE_URL,
                                        "https://lp.acme.test/solar?utm_source=meta&utm_medium=cpc&fbclid=F1"),
                                Map.entry(UTM_SOURCE, "meta"),
                                Map.entry(UTM_MEDIUM, "cpc"),
                                Map.entry(FBCLID, "F1"),
                                Map.entry(PROJECT_NAME, "Solar offer"),
                                Map.entry(LEAD_SOURCE, "Unbounce")));
        assertThat(item.payload().path("data.xml").asString()).contains("<form_data>");
        assertThat(item.payload().path("data.json").path("interests")).hasSize(2);
    }

    @Test
    void unbounceMaySendTheAnswersAlone() {
        assertThat(values(submission(new UnbouncePreset(), "json.json").fields()))
                .containsEntry(EMAIL, "uma@example.test")
                .containsEntry(SUBMITTED_AT, "2026-11-19T22:57:00Z")
                .doesNotContainKey(PROJECT_NAME);
        assertThat(flaw(sent(new UnbouncePreset(), "broken-answers.urlencoded")))
                .isEqualTo("unexpected-shape");
    }

    @Test
    void tallyKnowsContactsByTypeAndChoicesByText() {
        var item = submission(new TallyPreset(), "response.json");

        assertThat(item.providerId()).isEqualTo("9007199254740993");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(EMAIL, "ife@example.test"),
                                Map.entry(LAST_NAME, "Adeyemi"),
                                Map.entry(CITY, "Lagos"),
                                Map.entry(UTM_SOURCE, "x-ads"),
                                Map.entry(PROJECT_NAME, "Waiting list"),
                                Map.entry(SUBMITTED_AT, "2026-11-20T09:59:59.000Z"),
                                Map.entry(EXTERNAL_ID, "9007199254740993"),
                                Map.entry(LEAD_SOURCE, "Tally")));
        assertThat(flaw(sent(new TallyPreset(), "without-fields.json")))
                .isEqualTo("unexpected-shape");
    }

    @Test
    void filaFormsAnswersStandUnderTheirNames() {
        var item = submission(new FilaFormsPreset(), "created.json");

        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FULL_NAME, "Bea Cruz"),
                                Map.entry(EMAIL, "bea@example.test"),
                                Map.entry(USER_IP, "192.0.2.44"),
                                Map.entry(USER_AGENT, "Mozilla/5.0"),
                                Map.entry(PROJECT_NAME, "Contact"),
                                Map.entry(SUBMITTED_AT, "2026-11-20T10:29:59+00:00"),
                                Map.entry(EXTERNAL_ID, "9007199254740993"),
                                Map.entry(LEAD_SOURCE, "FilaForms")));
        assertThat(sent(new FilaFormsPreset(), "other-event.json").ignored())
                .containsExactly("event_type");
    }

    @Test
    void formsortCountsOnlyWhatIsFinal() {
        var item = submission(new FormsortPreset(), "finalized.json");

        assertThat(item.providerId()).isEqualTo("4f7c1");
        assertThat(values(item.fields()))
                .containsEntry(FIRST_NAME, "Pat")
                .containsEntry(PHONE, "+1 512 555 0128")
                .containsEntry(PROJECT_NAME, "Quiz");
        assertThat(item.payload().at("/answers/floor").asString()).isEqualTo("9007199254740993");
        assertThat(sent(new FormsortPreset(), "partial.json").ignored()).containsExactly("partial");
    }

    @Test
    void coreFormsIsJsonOrAForm() {
        var json = submission(new CoreFormsPreset(), "submission.json");
        var form = submission(new CoreFormsPreset(), "posted.urlencoded");

        assertThat(values(json.fields()))
                .containsEntry(FULL_NAME, "Lou Kent")
                .containsEntry(PHONE, "+1 512 555 0127")
                .containsEntry(LEAD_SOURCE, "Core Forms")
                .doesNotContainKey(MESSAGE);
        assertThat(json.payload().path("order").asString()).isEqualTo("9007199254740993");
        assertThat(values(form.fields()))
                .containsEntry(EMAIL, "lou@example.test")
                .containsEntry(UTM_TERM, "roof");
        assertThat(form.payload().path("topics")).hasSize(2);
    }
}
