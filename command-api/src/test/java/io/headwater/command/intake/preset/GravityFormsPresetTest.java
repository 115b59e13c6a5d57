package io.headwater.command.intake.preset;

import static io.headwater.command.intake.LeadField.*;
import static io.headwater.command.intake.preset.Samples.sent;
import static io.headwater.command.intake.preset.Samples.submission;
import static io.headwater.command.intake.preset.Samples.values;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GravityFormsPresetTest {

    private final GravityFormsPreset preset = new GravityFormsPreset();

    @Test
    void partsOfNamesAndAddressesAreToldApart() {
        var item = submission(preset, "all-fields.json");

        assertThat(item.providerId()).isEqualTo("5:9007199254740993");
        assertThat(values(item.fields()))
                .isEqualTo(
                        Map.ofEntries(
                                Map.entry(FIRST_NAME, "Lía"),
                                Map.entry(LAST_NAME, "Soto"),
                                Map.entry(EMAIL, "lia@example.test"),
                                Map.entry(CITY, "Madrid"),
                                Map.entry(REGION, "Comunidad de Madrid"),
                                Map.entry(COUNTRY, "Spain"),
                                Map.entry(USER_IP, "198.51.100.8"),
                                Map.entry(USER_AGENT, "Mozilla/5.0"),
                                Map.entry(PAGE_URL, "https://acme.test/contact?utm_source=google"),
                                Map.entry(UTM_SOURCE, "google"),
                                Map.entry(SUBMITTED_AT, "2026-11-19 10:11:12"),
                                Map.entry(EXTERNAL_ID, "5:9007199254740993"),
                                Map.entry(LEAD_SOURCE, "Gravity Forms")));
        assertThat(item.payload().path("3").asString()).isEqualTo("+34 911 234 567");
    }

    @Test
    void descriptionsSayWhatANumberMeans() {
        assertThat(values(submission(preset, "labelled.json").fields()))
                .containsEntry(FIRST_NAME, "Lía")
                .containsEntry(EMAIL, "lia@example.test")
                .containsEntry(PHONE, "+34911234567")
                .containsEntry(MESSAGE, "Hola")
                .containsEntry(CITY, "Madrid")
                .containsEntry(PROJECT_NAME, "Contact");
    }

    @Test
    void formsAndChosenFieldsAreReadToo() {
        assertThat(values(submission(preset, "described.urlencoded").fields()))
                .containsEntry(FIRST_NAME, "Lía")
                .containsEntry(LAST_NAME, "Soto")
                .containsEntry(EMAIL, "lia@example.test");
        assertThat(values(submission(preset, "chosen-fields.json").fields()))
                .containsEntry(FIRST_NAME, "Lía")
                .containsEntry(EMAIL, "lia@example.test");
    }

    @Test
    void aMappingSaysWhatNobodyCanGuess() {
        var mapped =
                Deliveries.source(
                        preset.name(),
                        Map.of("phone", "[\"3\"]", "project_name", "[\"5\"]"),
                        "key");

        var item = sent(preset, mapped, "all-fields.json").submissions().getFirst();

        assertThat(values(item.fields()))
                .containsEntry(PHONE, "+34 911 234 567")
                .containsEntry(PROJECT_NAME, "Roof");
    }
}
