package io.headwater.command.intake.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderSettings;
import io.headwater.command.intake.provider.Reach;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresetsTest {

    private final Presets presets =
            new Presets(
                    List.of(new GenericPreset(), new StripePreset(), new MetaPreset()),
                    new ProviderSettings(Reach.THIS_MACHINE));

    @Test
    void areKnownByName() {
        assertThat(presets.names()).containsExactly("generic", "meta", "stripe");
        assertThat(presets.named("stripe")).isPresent();
        assertThat(presets.named("paper")).isEmpty();
    }

    @Test
    void aMappingNamesFieldsAndPaths() {
        var mapping =
                Map.of(
                        "email", "data.contact.email",
                        "UTM-Source", "meta[\"b.c\"]",
                        "items", "answers[0].list");

        assertThat(presets.wrongIn(mapping)).isEmpty();
        assertThat(presets.wrongIn(Map.of("emial", "contact.email")))
                .isEqualTo(Map.of("emial", "is no field of a lead"));
        assertThat(presets.wrongIn(Map.of("items", "lower(answers)")))
                .isEqualTo(Map.of("items", "must be a path to elements"));
    }

    @Test
    void aSourceUsesOneOfItsProvidersSchemes() {
        assertThat(presets.wrongIn("stripe", null, Map.of(), List.of("whsec_1"))).isEmpty();
        assertThat(presets.wrongIn("stripe", "twilio", Map.of(), List.of("s")))
                .isEqualTo(Map.of("scheme", "is none of stripe"));
        assertThat(presets.wrongIn("generic", "hmac", Map.of("header", "X-Sig"), List.of("s")))
                .isEmpty();
        assertThat(presets.wrongIn("generic", null, Map.of(), List.of("whsec_AAAA")))
                .containsOnlyKeys("secrets[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$email", "$", "data..email", "a[x]", "a[", " ", ".."})
    void aPathThatFindsNothingIsWrong(String path) {
        assertThat(presets.wrongIn(Map.of("email", path))).containsOnlyKeys("email");
    }

    @Test
    void aBaseUrlIsCheckedWhereItIsUsed() {
        var options = Map.of("base_url", "https://10.0.0.1");

        assertThat(presets.wrongInOptions("meta", options))
                .isEqualTo(Map.of("base_url", "must not be a private address"));
        assertThat(presets.wrongInOptions("meta", Map.of("base_url", "https://graph.example.test")))
                .isEmpty();
        assertThat(presets.wrongInOptions("generic", options)).isEmpty();
    }
}
