package io.headwater.command.intake.preset;

import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.intake.provider.ProviderSettings;
import io.headwater.command.intake.provider.Reach;
import io.headwater.command.intake.signature.Reason;
import io.headwater.command.platform.directory.SourceConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Deliveries and sources for tests of presets.
final class Deliveries {

    static final Instant NOW = Instant.parse("2026-11-21T00:54:00Z");

    private Deliveries() {}

    static byte[] fixture(String path) {
        try (var in = Deliveries.class.getResourceAsStream("/intake/" + path)) {
            return Objects.requireNonNull(in, path).readAllBytes();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static SourceConfig source(String provider, Map<String, String> mapping, String... secrets) {
        return new SourceConfig(
                "src-1",
                "main",
                "Source",
                provider,
                SourceConfig.Scheme.OF_PROVIDER,
                List.of(secrets),
                mapping,
                1,
                Duration.ofMinutes(10),
                Duration.ZERO,
                SourceConfig.Limits.NONE,
                Map.of());
    }

    static Delivery json(ProviderPreset preset, byte[] body, String... headers) {
        var sent = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        sent.put("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            sent.put(headers[i], headers[i + 1]);
        }
        return new Delivery(
                "POST",
                () -> "https://hooks.example.test/webhooks/" + preset.name() + "/src-1",
                null,
                Delivery.Headers.of(sent),
                body,
                preset.accepts(),
                NOW);
    }

    static Normalised normalised(
            ProviderPreset preset, SourceConfig source, byte[] body, String... headers) {
        var delivery = json(preset, body, headers);
        return Elements.guarded(
                delivery.tree(), () -> preset.normalise(delivery.tree(), delivery, source));
    }

    static Normalised normalised(ProviderPreset preset, String fixture) {
        return normalised(preset, source(preset.name(), Map.of()), fixture(fixture));
    }

    static @Nullable Reason checked(ProviderPreset preset, Delivery delivery, SourceConfig source) {
        return new Presets(List.of(preset), new ProviderSettings(Reach.THIS_MACHINE))
                .verifier(preset, source)
                .check(delivery);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
