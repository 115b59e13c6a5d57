package io.headwater.command.intake.preset;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Fixtures as a provider sends them; the name's ending tells the content type. Whatever is made of
/// one is made again of the payload that is kept.
final class Samples {

    private static final Map<String, String> TYPES =
            Map.of(
                    "json", "application/json",
                    "xml", "application/xml",
                    "urlencoded", "application/x-www-form-urlencoded",
                    "multipart", "multipart/form-data; boundary=hw-boundary-1");

    private Samples() {}

    static Normalised sent(ProviderPreset preset, String fixture, String... headers) {
        return sent(preset, Deliveries.source(preset.name(), Map.of(), "key"), fixture, headers);
    }

    static Normalised sent(
            ProviderPreset preset, SourceConfig source, String fixture, String... headers) {
        byte[] bytes = bytes(preset.name() + "/" + fixture);
        String type = TYPES.get(fixture.substring(fixture.lastIndexOf('.') + 1));
        var fields = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        if (type != null) {
            fields.put("Content-Type", type);
        }
        for (int i = 0; i < headers.length; i += 2) {
            fields.put(headers[i], headers[i + 1]);
        }
        var delivery =
                new Delivery(
                        type == null ? "GET" : "POST",
                        () -> "https://hooks.example.test/webhooks/" + preset.name() + "/src-1",
                        type == null
                                ? new String(bytes, java.nio.charset.StandardCharsets.UTF_8)
                                : null,
                        Delivery.Headers.of(fields),
                        type == null ? new byte[0] : bytes,
                        preset.accepts(),
                        Deliveries.NOW);
        var normalised = guarded(preset, source, delivery);
        normalised.submissions().forEach(item -> readsAgain(preset, source, item));
        normalised
                .facts()
                .forEach(fact ->
                        assertThat(kept(preset, source, fact.payload()).facts())
                                .containsExactly(fact));
        return normalised;
    }

    private static byte[] bytes(String path) {
        try (var in = Samples.class.getResourceAsStream("/webhooks/" + path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /// The one submission of a fixture.
    static SubmissionItem submission(ProviderPreset preset, String fixture, String... headers) {
        var normalised = sent(preset, fixture, headers);
        assertThat(normalised.submissions()).hasSize(1);
        assertThat(normalised.facts()).isEmpty();
        return normalised.submissions().getFirst();
    }

    /// @return every field that is there
    static Map<LeadField, String> values(LeadFields fields) {
        var values = new EnumMap<LeadField, String>(LeadField.class);
        Arrays.stream(LeadField.values())
                .filter(fields::has)
                .forEach(field -> values.put(field, String.valueOf(fields.get(field))));
        return values;
    }

    static @Nullable String flaw(Normalised normalised) {
        var flaw = normalised.submissions().getFirst().flaw();
        return flaw == null ? null : flaw.code();
    }

    private static void readsAgain(
            ProviderPreset preset, SourceConfig source, SubmissionItem item) {
        var again = kept(preset, source, item.payload()).submissions();
        assertThat(again).hasSize(1);
        assertThat(values(again.getFirst().fields())).isEqualTo(values(item.fields()));
        assertThat(again.getFirst().providerId()).isEqualTo(item.providerId());
        assertThat(again.getFirst().payload()).isEqualTo(item.payload());
        assertThat(again.getFirst().flaw()).isEqualTo(item.flaw());
    }

    private static Normalised kept(ProviderPreset preset, SourceConfig source, JsonNode payload) {
        return guarded(preset, source, Delivery.kept(payload, Deliveries.NOW));
    }

    private static Normalised guarded(
            ProviderPreset preset, SourceConfig source, Delivery delivery) {
        return Elements.guarded(
                delivery.tree(), () -> preset.normalise(delivery.tree(), delivery, source));
    }
}
