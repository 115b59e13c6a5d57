package io.headwater.command.intake.preset;

import static io.headwater.command.intake.preset.Deliveries.normalised;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.Redaction;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalendlyPresetTest {

    @Test
    void keepsNoPasswordOfAMeeting() {
        var fact = normalised(new CalendlyPreset(), "calendly/created.json").facts().getFirst();

        assertThat(fact.without(new Redaction(List.of())).payload().toString())
                .doesNotContain("topsecret", "123456");
    }
}
