package io.headwater.command.intake.preset;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.web.body.Json;
import io.headwater.command.platform.web.body.Split;
import io.headwater.command.platform.web.body.Text;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import io.headwater.command.platform.web.body.UnsupportedBodyException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.JsonNode;

/// Deliveries of every provider: the first line is `preset|content type`, without a type a query
/// string; the rest is what came. A preset reads it or says that it cannot: anything else would be
/// quarantined, and told as a fault of ours.
class PresetsFuzzTest {

    private static final AnnotationConfigApplicationContext CONTEXT = FixturesTest.presets();
    private static final Presets PRESETS = CONTEXT.getBean(Presets.class);

    static Stream<Arguments> fixtures() {
        return Fixture.all()
                .map(fixture -> {
                    var seed = new ByteArrayOutputStream();
                    String type = fixture.contentType();
                    seed.writeBytes(
                            (fixture.provider() + "|" + (type == null ? "" : type) + "\n")
                                    .getBytes(StandardCharsets.UTF_8));
                    seed.writeBytes(fixture.bytes());
                    return Arguments.of((Object) seed.toByteArray());
                });
    }

    @MethodSource("fixtures")
    @FuzzTest
    void readsOrRefuses(byte[] input) {
        var parts = Split.atFirstLine(input);
        int bar = Math.max(0, parts.line().indexOf('|'));
        var preset = PRESETS.named(parts.line().substring(0, bar)).orElse(null);
        if (preset == null) {
            return;
        }
        var delivery = delivery(preset, parts.line().substring(bar + 1), parts.rest());
        var source = Deliveries.source(preset.name(), Map.of(), "a-secret-of-the-source");
        try {
            var normalised = preset.normalise(delivery.tree(), delivery, source);
            normalised.submissions().forEach(item -> assertStorable(preset, item.payload()));
            for (var item : normalised.submissions()) {
                for (LeadField field : LeadField.values()) {
                    assertClean(item.fields().get(field));
                }
                assertThat(
                                Json.write(item.without(Redaction.of(source)).payload())
                                        .contains("a-secret-of-the-source"))
                        .isFalse();
            }
            normalised.facts().forEach(fact -> assertStorable(preset, fact.payload()));
        } catch (UnreadableBodyException | UnsupportedBodyException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static Delivery delivery(ProviderPreset preset, String type, byte[] body) {
        boolean query = type.isEmpty();
        return new Delivery(
                query ? "GET" : "POST",
                () -> "https://hooks.example.test/webhooks/" + preset.name() + "/src-1",
                query ? new String(body, StandardCharsets.UTF_8) : null,
                Delivery.Headers.of(query ? Map.of() : Map.of("Content-Type", type)),
                query ? new byte[0] : body,
                preset.accepts(),
                Deliveries.NOW);
    }

    /// What is kept is read again on a release or a replay.
    private static void assertStorable(ProviderPreset preset, JsonNode payload) {
        assertThat(Json.read(Json.write(payload)).isMissingNode()).as(preset.name()).isFalse();
    }

    private static void assertClean(@Nullable String value) {
        if (value != null) {
            assertThat(Text.clean(value)).isEqualTo(value);
        }
    }
}
