package io.headwater.command.intake.preset;

import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Core Forms (WordPress): the fields of a form under their own names, as JSON or a form, with a
/// header of the owner's choice for a key. There is no id: equal bodies are repeats.
///
/// source: Core Forms, "Webhooks"
@Component
final class CoreFormsPreset implements ProviderPreset {

    @Override
    public String name() {
        return "core-forms";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public List<String> schemes() {
        return List.of("api-key", "api-key-query", "secret-url");
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        Paths.requireObject(payload);
        return Submitted.through("Core Forms", NamedFields.in(payload), null, payload, source);
    }
}
