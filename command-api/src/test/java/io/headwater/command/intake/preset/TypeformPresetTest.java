package io.headwater.command.intake.preset;

import static io.headwater.command.intake.preset.Deliveries.fixture;
import static io.headwater.command.intake.preset.Deliveries.normalised;
import static io.headwater.command.intake.preset.Deliveries.source;
import static io.headwater.command.intake.preset.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.LeadField;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TypeformPresetTest {

    private final TypeformPreset preset = new TypeformPreset();

    @Test
    void findsFieldsByTypeReferenceAndTitle() {
        var item = normalised(preset, "typeform/response.json").submissions().getFirst();
        var fields = item.fields();

        assertThat(item.providerId()).isEqualTo("hw-token-1");
        assertThat(fields.get(LeadField.FIRST_NAME)).isEqualTo("Grace");
        assertThat(fields.get(LeadField.LAST_NAME)).isEqualTo("Hopper");
        assertThat(fields.get(LeadField.EMAIL)).isEqualTo("grace@example.test");
        assertThat(fields.get(LeadField.PHONE)).isEqualTo("+12025550143");
        assertThat(fields.get(LeadField.CITY)).isEqualTo("Arlington");
        assertThat(fields.get(LeadField.MESSAGE)).isEqualTo("Lake, Garden");
    }

    @Test
    void hiddenFieldsCarryWhatThePageKnew() {
        var fields = normalised(preset, "typeform/response.json").submissions().getFirst().fields();

        assertThat(fields.get(LeadField.UTM_SOURCE)).isEqualTo("newsletter");
        assertThat(fields.get(LeadField.VISITOR_ID)).isEqualTo("v-77");
        assertThat(fields.get(LeadField.PROJECT_NAME)).isEqualTo("Lakeside");
        assertThat(fields.get(LeadField.SUBMITTED_AT)).isEqualTo("2020-11-20T10:02:03Z");
    }

    @Test
    void aMappingCountsMore() {
        var mapped = source("typeform", Map.of("first_name", "form_response.answers[1].text"), "s");

        var fields =
                normalised(preset, mapped, fixture("typeform/response.json"))
                        .submissions()
                        .getFirst()
                        .fields();

        assertThat(fields.get(LeadField.FIRST_NAME)).isEqualTo("Hopper");
    }

    @Test
    void partialResponsesAreNoRepeatsAndOtherEventsAreIgnored() {
        var partial =
                normalised(
                        preset,
                        source("typeform", Map.of(), "s"),
                        utf8(
                                "{\"event_type\":\"form_response_partial\",\"form_response\":{\"token\":\"t\"}}"));
        var other =
                normalised(
                        preset,
                        source("typeform", Map.of(), "s"),
                        utf8("{\"event_type\":\"form_deleted\"}"));

        assertThat(partial.submissions().getFirst().providerId()).isEqualTo("t:partial");
        assertThat(other.ignored()).containsExactly("event_type");
    }
}
