package io.headwater.command.intake.preset;

import static io.headwater.command.intake.preset.Deliveries.fixture;
import static io.headwater.command.intake.preset.Deliveries.json;
import static io.headwater.command.intake.preset.Deliveries.normalised;
import static io.headwater.command.intake.preset.Deliveries.source;
import static io.headwater.command.intake.preset.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.signature.Reason;
import io.headwater.command.platform.KeyDigest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoogleAdsPresetTest {

    private final GoogleAdsPreset preset = new GoogleAdsPreset();

    @Test
    void readsTheLeadAndKeepsEveryDigit() {
        var item = normalised(preset, "google-ads/lead.json").submissions().getFirst();

        assertThat(item.providerId()).isEqualTo("Hw-lead-90071992547409931");
        assertThat(item.fields().get(LeadField.FULL_NAME)).isEqualTo("Zoë Ångström");
        assertThat(item.fields().get(LeadField.EMAIL)).isEqualTo("Zoe@Example.TEST");
        assertThat(item.fields().get(LeadField.UTM_CAMPAIGN)).isEqualTo("9007199254740993");
        assertThat(item.without(new Redaction(List.of())).payload().toString())
                .contains("18446744073709551617", "90071992547409931", "which_floor")
                .doesNotContain("hw-google-key", "goo\\u0067le");
    }

    @Test
    void comparesTheKeyInTheBody() {
        var source =
                source(
                        "google-ads",
                        Map.of(),
                        KeyDigest.of("other-key"),
                        KeyDigest.of("hw-google-key"));
        var wrong = source("google-ads", Map.of(), KeyDigest.of("another-key"));

        assertThat(
                        Deliveries.checked(
                                preset, json(preset, fixture("google-ads/lead.json")), source))
                .isNull();
        assertThat(Deliveries.checked(preset, json(preset, fixture("google-ads/lead.json")), wrong))
                .isEqualTo(Reason.MISMATCH);
        assertThat(Deliveries.checked(preset, json(preset, utf8("{}")), source))
                .isEqualTo(Reason.MISSING_KEY);
        assertThat(Deliveries.checked(preset, json(preset, utf8("{\"google_key\":null}")), source))
                .isEqualTo(Reason.MISSING_KEY);
    }

    @Test
    void marksTests() {
        var item = normalised(preset, "google-ads/test.json").submissions().getFirst();

        assertThat(item.fields().flag(LeadField.TEST)).isTrue();
    }
}
