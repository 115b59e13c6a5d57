package io.headwater.command.intake.webhook;

import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.provider.Presets;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.intake.signature.Verifier;
import io.headwater.command.platform.directory.SourceConfig;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// What is made of the secrets of each source, once for as long as the source stays as it is: keys
/// are decoded, and the spellings to look for are written, then and not with each delivery.
@Component
final class Proofs {

    private final ConcurrentHashMap<String, Made> bySource = new ConcurrentHashMap<>();
    private final Presets presets;

    Proofs(Presets presets) {
        this.presets = presets;
    }

    record Made(SourceConfig from, Verifier verifier, Redaction redaction) {}

    Made of(ProviderPreset preset, SourceConfig source) {
        var made = bySource.get(source.sourceId());
        if (made == null || !made.from().equals(source)) {
            made = new Made(source, presets.verifier(preset, source), Redaction.of(source));
            bySource.put(source.sourceId(), made);
        }
        return made;
    }
}
