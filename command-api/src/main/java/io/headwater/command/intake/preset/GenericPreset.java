package io.headwater.command.intake.preset;

import io.headwater.command.intake.LeadFields;
import io.headwater.command.intake.mapping.FieldMapping;
import io.headwater.command.intake.mapping.Narrowing;
import io.headwater.command.intake.mapping.Paths;
import io.headwater.command.intake.provider.Delivery;
import io.headwater.command.intake.provider.Elements;
import io.headwater.command.intake.provider.Normalised;
import io.headwater.command.intake.provider.ProviderPreset;
import io.headwater.command.intake.signature.Schemes;
import io.headwater.command.platform.directory.SourceConfig;
import io.headwater.command.platform.web.body.Body;
import io.headwater.command.platform.web.body.UnreadableBodyException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Any provider that posts JSON, a form or XML, or that sends a GET with a query string. Fields by
/// the source's mapping; without one, by their names, see [NamedFields]; the source's name is the
/// lead's source where the body names none. An array, at the top or where the mapping's `items`
/// says, is one submission per element.
@Component
final class GenericPreset implements ProviderPreset {

    static final String STANDARD_SECRET = "whsec_";

    /// The header of Standard Webhooks that names a message, and the member of a kept payload that
    /// remembers it.
    private static final String MESSAGE_ID = "webhook-id";

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
        return List.of(
                Schemes.API_KEY,
                Schemes.STANDARD_WEBHOOKS,
                Schemes.STANDARD_WEBHOOKS_ED25519,
                Schemes.HMAC,
                Schemes.API_KEY_QUERY,
                Schemes.SECRET_URL);
    }

    /// A secret of Standard Webhooks is not meant to be sent as a key.
    @Override
    public String schemeFor(List<String> secrets) {
        return secrets.stream().anyMatch(secret -> secret.startsWith(STANDARD_SECRET))
                ? Schemes.STANDARD_WEBHOOKS
                : Schemes.API_KEY;
    }

    @Override
    public Normalised normalise(JsonNode payload, Delivery delivery, SourceConfig source) {
        var several =
                payload.isArray()
                        ? payload.valueStream().toList()
                        : new FieldMapping(source.mapping()).items(payload);
        String messageId = delivery.header(MESSAGE_ID);
        if (several == null) {
            JsonNode body = remembering(payload, messageId);
            return item(body, body, source);
        }
        var narrowing = new Narrowing(payload, several);
        var parts = new ArrayList<Normalised>();
        for (JsonNode element : several) {
            JsonNode item =
                    remembering(element, messageId == null ? null : messageId + "#" + parts.size());
            JsonNode body = narrowing.to(element, item);
            parts.add(Elements.guarded(body, () -> item(item, body, source)));
        }
        if (parts.isEmpty()) {
            throw new UnreadableBodyException("the body holds no submission");
        }
        return Normalised.all(parts);
    }

    private static JsonNode remembering(JsonNode item, @Nullable String messageId) {
        return messageId != null && item instanceof ObjectNode object && !object.has(MESSAGE_ID)
                ? object.deepCopy().put(MESSAGE_ID, messageId)
                : item;
    }

    private static Normalised item(JsonNode item, JsonNode body, SourceConfig source) {
        Paths.requireObject(item);
        var fields =
                new FieldMapping(source.mapping()).isEmpty()
                        ? NamedFields.in(item)
                        : new LeadFields();
        return Submitted.through(
                source.name(), fields, Paths.text(item, MESSAGE_ID), item, body, source);
    }
}
