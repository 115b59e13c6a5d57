package io.headwater.command.intake.webhook;

import io.headwater.command.intake.Redaction;
import io.headwater.command.intake.provider.Delivery;
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

    /// @param byKey redactions of deliveries by the key they present: as many as live secrets
    record Made(
            SourceConfig from,
            Verifier verifier,
            Redaction redaction,
            ConcurrentHashMap<String, Redaction> byKey) {

        /// @param delivery that was found authentic
        Redaction redaction(Delivery delivery) {
            String key = verifier.presentedKey(delivery);
            return key == null ? redaction : byKey.computeIfAbsent(key, redaction::with);
        }
    }

    Made of(ProviderPreset preset, SourceConfig source) {
        var made = bySource.get(source.sourceId());
        if (made == null || !made.from().equals(source)) {
            made =
                    new Made(
                            source,
                            presets.verifier(preset, source),
                            Redaction.of(source),
                            new ConcurrentHashMap<>());
            bySource.put(source.sourceId(), made);
        }
        return made;
    }
}
