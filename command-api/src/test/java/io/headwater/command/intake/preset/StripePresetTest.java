package io.headwater.command.intake.preset;

import static io.headwater.command.intake.preset.Deliveries.normalised;
import static io.headwater.command.intake.preset.Deliveries.source;
import static io.headwater.command.intake.preset.Deliveries.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripePresetTest {

    @Test
    void dashboardTestsAreToldApart() {
        var preset = new StripePreset();
        var source = source("stripe", Map.of(), "s");
        String event =
                "{\"id\":\"evt_00000000000000\",\"created\":%d,\"type\":\"charge.succeeded\",\"livemode\":false,\"data\":{\"object\":{\"id\":\"ch_1\",\"amount\":1,\"currency\":\"usd\"}}}";

        var first = normalised(preset, source, utf8(event.formatted(1)));
        var second = normalised(preset, source, utf8(event.formatted(2)));

        assertThat(first.facts().getFirst().factId())
                .isNotEqualTo(second.facts().getFirst().factId());
    }

    @ParameterizedTest
    @CsvSource({"500,EUR,500", "500,JPY,500", "500,ISK,5", "5,MGA,500", "1234,KWD,1234"})
    void countsAsIsoDoes(long stripe, String currency, long iso) {
        assertThat(MinorUnits.ofStripe(stripe, currency)).isEqualTo(iso);
    }
}
