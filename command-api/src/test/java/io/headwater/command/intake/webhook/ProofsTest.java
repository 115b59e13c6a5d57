package io.headwater.command.intake.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.intake.provider.ProviderSettings;
import io.headwater.command.intake.provider.Reach;
import io.headwater.command.intake.signature.Schemes;
import io.headwater.command.platform.directory.SourceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProofsTest {

    private static final ProviderPreset PRESET = new KeyedPreset();

    private final Proofs proofs =
            new Proofs(new Presets(List.of(PRESET), new ProviderSettings(Reach.THIS_MACHINE)));

    /// The directory makes a new one for each delivery.
    @Test
    void anEqualSourceIsReadOnce() {
        var made = proofs.of(PRESET, source("a-key-of-this-source"));

        assertThat(proofs.of(PRESET, source("a-key-of-this-source"))).isSameAs(made);
        assertThat(proofs.of(PRESET, source("another-key-of-it"))).isNotSameAs(made);
    }

    private static SourceConfig source(String secret) {
        return new SourceConfig(
                "src-1",
                "main",
                "Source",
                PRESET.name(),
                SourceConfig.Scheme.OF_PROVIDER,
                List.of(secret),
                Map.of("email", "contact.email"),
                1,
                Duration.ofMinutes(10),
                Duration.ZERO,
                SourceConfig.Limits.NONE,
                Map.of());
    }

    private static final class KeyedPreset implements ProviderPreset {

        @Override
        public String name() {
            return "keyed";
        }

        @Override
        public List<String> schemes() {
            return List.of(Schemes.API_KEY);
        }

        @Override
        public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
            throw new UnsupportedOperationException("nothing is delivered here");
        }
    }
}
