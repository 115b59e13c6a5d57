package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadField;
import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.SubmissionItem;
import io.headwater.command.intake.mapping.FieldMapping;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Any provider that posts JSON or a form: signed by Standard Webhooks when the source's secret
/// says so, else with the secret as its API key. Fields by the source's mapping; without one, the
/// names of lead capture at the top level; the source's name is the lead's source where the body
/// names none. An array is one submission per element.
@Component
final class GenericPreset implements ProviderPreset {

    static final String STANDARD_SECRET = "whsec_";

    @Override
    public String name() {
        return "generic";
    }

    @Override
    public Set<Body.Kind> accepts() {
        return Body.ANY;
    }

    @Override
    public List<String> schemes() {
        return List.of("api-key", "standard-webhooks");
    }

    /// A secret of Standard Webhooks is not meant to be sent as a key.
    @Override
    public String scheme(SourceConfig source) {
        return source.scheme().name() == null
                        && source.secrets().stream().anyMatch(s -> s.startsWith(STANDARD_SECRET))
                ? "standard-webhooks"
                : ProviderPreset.super.scheme(source);
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        var mapping = new FieldMapping(source.mapping());
        JsonNode several = payload.isArray() ? payload : mapping.items(payload);
        String messageId = delivery.header("webhook-id");
        if (!several.isArray()) {
            return Normalised.submission(item(payload, mapping, source, messageId));
        }
        var parts = new ArrayList<Normalised>();
        for (JsonNode element : several) {
            String id = messageId == null ? null : messageId + "#" + parts.size();
            parts.add(
                    Elements.guarded(
                            element,
                            () -> Normalised.submission(item(element, mapping, source, id))));
        }
        if (parts.isEmpty()) {
            throw new UnreadableBodyException("the body holds no submission");
        }
        return Normalised.all(parts);
    }

    private static SubmissionItem item(
            JsonNode item, FieldMapping mapping, SourceConfig source, @Nullable String messageId) {
        Paths.requireObject(item);
        var fields = mapping.isEmpty() ? LeadFields.ofMembers(item) : new LeadFields();
        mapping.applyTo(fields, item);
        fields.putIfAbsent(LeadField.LEAD_SOURCE, source.name());
        String id = messageId != null ? messageId : fields.get(LeadField.EXTERNAL_ID);
        return new SubmissionItem(fields, id, item);
    }
}
